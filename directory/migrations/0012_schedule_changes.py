import directory.choices
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (
        ('directory', '0011_series_that_follow'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )
    operations = (
        migrations.CreateModel(
            name='ScheduleChange',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=directory.choices.ChangeKind.pairs, max_length=12, verbose_name='kind')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason for the change')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='made at')),
                ('undo_until', models.DateTimeField(verbose_name='can be undone until')),
                ('tells_at', models.DateTimeField(null=True, verbose_name='people are told at')),
                ('undone_at', models.DateTimeField(editable=False, null=True, verbose_name='undone at')),
                ('before', models.JSONField(default=dict, verbose_name='before')),
            ],
            options={
                'verbose_name': 'change of dates',
                'verbose_name_plural': 'changes of dates',
            },
        ),
        migrations.AddField(
            model_name='schedulechange',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='schedulechange',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='directory.group'),
        ),
        migrations.AddIndex(
            model_name='schedulechange',
            index=models.Index(fields=['group', 'made_at'], name='change_of_group'),
        ),
        migrations.AddConstraint(
            model_name='schedulechange',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['cancelled', 'restored', 'moved', 'skipped', 'rearranged', 'ended'])), name='schedule_change_kind_known'),
        ),
    )
