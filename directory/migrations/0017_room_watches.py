import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (
        ('directory', '0016_members_away'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )
    operations = (
        migrations.CreateModel(
            name='RoomWatch',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='asked at')),
                ('told_at', models.DateTimeField(editable=False, null=True, verbose_name='told at')),
            ],
            options={
                'verbose_name': 'wish to hear of room',
                'verbose_name_plural': 'wishes to hear of room',
            },
        ),
        migrations.AddField(
            model_name='roomwatch',
            name='consent',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='room_watches', to='directory.consent'),
        ),
        migrations.AddField(
            model_name='roomwatch',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='room_watches', to='directory.group'),
        ),
        migrations.AddField(
            model_name='roomwatch',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='room_watches', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='roomwatch',
            constraint=models.UniqueConstraint(fields=('group', 'person'), name='room_watch_once'),
        ),
    )
