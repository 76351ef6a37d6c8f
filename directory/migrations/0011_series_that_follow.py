import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (
        ('directory', '0010_meetings_by_start_and_end'),
    )
    operations = (
        migrations.AddField(
            model_name='meeting',
            name='planned_start',
            field=models.DateTimeField(editable=False, null=True, verbose_name='first planned for'),
        ),
        migrations.AddField(
            model_name='series',
            name='follows',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='followed_by', to='directory.series'),
        ),
    )
