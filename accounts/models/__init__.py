from accounts.models.audit import AuditEntry
from accounts.models.outbox import OutgoingMail
from accounts.models.people import Person

__all__ = ["AuditEntry", "OutgoingMail", "Person"]
