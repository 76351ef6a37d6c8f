from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("directory", "0019_private_calendars"),)
    operations = (
        migrations.AddField(
            model_name="cover",
            name="by_name",
            field=models.BooleanField(
                default=False, db_default=False, verbose_name="asked by name"
            ),
        ),
        migrations.AddField(
            model_name="cover",
            name="answered_for",
            field=models.DateTimeField(
                blank=True, null=True, verbose_name="answered for the start"
            ),
        ),
    )
