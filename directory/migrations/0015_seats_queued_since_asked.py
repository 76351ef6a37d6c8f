from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (
        ('directory', '0014_seats_offered'),
    )
    operations = (
        migrations.RunSQL(
            "UPDATE directory_seat SET queued_at = asked_at WHERE state = 'waiting'",
            migrations.RunSQL.noop,
        ),
    )
