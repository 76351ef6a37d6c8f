import datetime

from django.db import migrations, models

# What the finder knows already is told by the minutes at which it begins too.
BEGINS_AT = """
UPDATE directory_finderentry AS entry SET keys = entry.keys || ARRAY(
    SELECT DISTINCT 'from:' || extract(epoch FROM
        timezone(meeting.time_zone, meeting.starts_at)::time)::int / 60
    FROM directory_meeting AS meeting WHERE meeting.group_id = entry.group_id
)
"""


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
        migrations.RunSQL(BEGINS_AT, migrations.RunSQL.noop),
    )
