from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (
        ('directory', '0015_seats_queued_since_asked'),
    )
    operations = (
        migrations.AddField(
            model_name='membership',
            name='away_from',
            field=models.DateField(blank=True, null=True, verbose_name='away from'),
        ),
        migrations.AddField(
            model_name='membership',
            name='away_until',
            field=models.DateField(blank=True, null=True, verbose_name='away until'),
        ),
        migrations.AddField(
            model_name='membership',
            name='comes_online',
            field=models.BooleanField(db_default=False, default=False, verbose_name='usually takes part from home'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('away_from', None), ('away_until', None)), ('away_from__lte', models.F('away_until')), _connector='OR'), name='membership_away_in_order'),
        ),
    )
