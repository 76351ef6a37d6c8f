from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (('accounts', '0002_audit_append_only'),)
    operations = (
        migrations.AddField(
            model_name='outgoingmail',
            name='send_after',
            field=models.DateTimeField(editable=False, null=True, verbose_name='not before'),
        ),
    )
