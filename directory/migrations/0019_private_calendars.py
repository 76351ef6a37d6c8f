import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (
        ('directory', '0018_cover'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )
    operations = (
        migrations.CreateModel(
            name='PrivateCalendar',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='private_calendar', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('token_hash', models.CharField(max_length=64, unique=True, verbose_name='hash of the token')),
                ('title', models.CharField(blank=True, help_text='What your calendar calls each date. Leave it empty for “Appointment”.', max_length=60, verbose_name='title of the dates')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='created at')),
                ('expires_at', models.DateTimeField(verbose_name='ends at')),
            ],
            options={
                'verbose_name': 'private calendar',
                'verbose_name_plural': 'private calendars',
            },
        ),
    )
