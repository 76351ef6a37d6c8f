import django.db.models.functions.datetime
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (
        ('directory', '0013_rooms_of_groups'),
    )
    operations = (
        migrations.RemoveConstraint(
            model_name='seat',
            name='seat_state_known',
        ),
        migrations.RemoveIndex(
            model_name='seat',
            name='seat_queue',
        ),
        migrations.AddField(
            model_name='seat',
            name='brings_companion',
            field=models.BooleanField(db_default=False, default=False, verbose_name='comes with a companion or carer'),
        ),
        migrations.AddField(
            model_name='seat',
            name='is_online',
            field=models.BooleanField(db_default=False, default=False, verbose_name='takes part from home'),
        ),
        migrations.AddField(
            model_name='seat',
            name='queued_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=django.utils.timezone.now, verbose_name='waits since'),
        ),
        migrations.AddIndex(
            model_name='seat',
            index=models.Index(fields=['meeting', 'state', 'queued_at'], name='seat_queue'),
        ),
        migrations.AddIndex(
            model_name='seat',
            index=models.Index(condition=models.Q(('state', 'offered')), fields=['offer_expires_at'], name='seat_offers'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['confirmed', 'waiting', 'offered', 'expired', 'given-back'])), name='seat_state_known'),
        ),
    )
