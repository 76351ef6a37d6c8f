from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (('directory', '0020_cover_answered_for'),)
    operations = (
        migrations.RemoveConstraint(
            model_name='schedulechange',
            name='schedule_change_kind_known',
        ),
        migrations.AddConstraint(
            model_name='schedulechange',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['cancelled', 'restored', 'moved', 'skipped', 'rearranged', 'ended', 'added'])), name='schedule_change_kind_known'),
        ),
    )
