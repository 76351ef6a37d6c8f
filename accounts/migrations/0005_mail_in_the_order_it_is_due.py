from django.db import migrations, models
from django.db.models.functions import Coalesce


class Migration(migrations.Migration):
    dependencies = (('accounts', '0004_reminders'),)
    operations = (
        migrations.RemoveIndex(model_name='outgoingmail', name='outgoing_mail_waiting'),
        migrations.AddIndex(
            model_name='outgoingmail',
            index=models.Index(
                Coalesce('send_after', 'created_at'),
                condition=models.Q(('state', 'waiting')),
                name='outgoing_mail_due',
            ),
        ),
        migrations.AddIndex(
            model_name='outgoingmail',
            index=models.Index(
                Coalesce('send_after', 'created_at'),
                condition=models.Q(models.Q(('text', ''), _negated=True), ('state', 'waiting')),
                name='outgoing_mail_awaited',
            ),
        ),
        migrations.AddIndex(
            model_name='outgoingmail',
            index=models.Index(
                condition=models.Q(('state', 'failed')),
                fields=['finished_at'],
                name='outgoing_mail_failed',
            ),
        ),
    )
