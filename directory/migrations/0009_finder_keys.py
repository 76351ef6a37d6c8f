import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

# How often each of the common words and facets occurs decides which way a search takes, so more
# of them are known than PostgreSQL's usual hundred.
KNOW_MORE = """
ALTER TABLE directory_finderentry
    ALTER COLUMN facets SET STATISTICS 1000,
    ALTER COLUMN keys SET STATISTICS 1000,
    ALTER COLUMN words SET STATISTICS 1000
"""


class Migration(migrations.Migration):
    dependencies = (('directory', '0008_finder_totals'),)
    operations = (
        migrations.AddField(
            model_name='finderentry',
            name='keys',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None, verbose_name='keys'),
        ),
        migrations.RemoveIndex(
            model_name='finderentry',
            name='finder_lookup',
        ),
        migrations.AddIndex(
            model_name='finderentry',
            index=django.contrib.postgres.indexes.GinIndex(fields=['facets', 'keys', 'words'], gin_pending_list_limit=256, name='finder_lookup'),
        ),
        migrations.RunSQL(KNOW_MORE, migrations.RunSQL.noop),
    )
