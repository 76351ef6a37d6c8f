import accounts.models.people
import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (('accounts', '0003_mail_not_before'),)
    operations = (
        migrations.AddField(
            model_name='person',
            name='reminder_hours',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, db_default=[24], default=accounts.models.people.a_day_before, size=None, verbose_name='reminders'),
        ),
    )
