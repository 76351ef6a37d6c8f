import datetime

from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = (('directory', '0009_finder_keys'),)
    operations = (
        migrations.RemoveIndex(
            model_name='meeting',
            name='meeting_by_start',
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['starts_at', 'group', 'ends_at'], include=('status',), name='meeting_by_start'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(ends_at__lte=models.F('starts_at') + datetime.timedelta(days=1)), name='meeting_lasts_a_day_at_most'),
        ),
    )
