import uuid

import django.contrib.postgres.functions
from django.db import migrations, models


class Migration(migrations.Migration):
    """What names a listed facilitator's page: never the key of the person's row."""

    dependencies = (('directory', '0006_questions_and_corrections'),)
    operations = (
        migrations.AddField(
            model_name='facilitatorprofile',
            name='public_id',
            field=models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), default=uuid.uuid4, editable=False, unique=True),
        ),
    )
