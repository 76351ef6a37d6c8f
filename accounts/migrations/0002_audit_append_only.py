from django.db import migrations

# An entry is never changed, and goes only when it is older than the twelve months we keep it.
MAKE = """
CREATE FUNCTION waymeet_audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.at < now() - interval '12 months' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the audit trail is append-only';
END
$$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON accounts_auditentry
FOR EACH ROW EXECUTE FUNCTION waymeet_audit_append_only();
"""
DROP = """
DROP TRIGGER audit_append_only ON accounts_auditentry;
DROP FUNCTION waymeet_audit_append_only();
"""


class Migration(migrations.Migration):
    dependencies = (("accounts", "0001_people_outbox_audit"),)
    operations = (migrations.RunSQL(MAKE, DROP),)
