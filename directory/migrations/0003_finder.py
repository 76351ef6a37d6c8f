import directory.models.finder
import directory.models.meetings
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# As the first migration made it, and now also without the marks of Arabic and with one form of
# its letters, so that a word is found however carefully it was typed.
FOLD = r"""
CREATE OR REPLACE FUNCTION waymeet_fold(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN replace(replace(replace(translate(
    regexp_replace(normalize(lower(value), NFD),
        '[\u0300-\u036f\u0640\u064b-\u065f\u0670]', '', 'g'),
    'øłđı’‘ىة', 'oldi''''يه'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe')
"""


class Migration(migrations.Migration):
    dependencies = (('directory', '0002_listings_and_memberships'),)
    operations = (
        migrations.RemoveIndex(
            model_name='group',
            name='group_search',
        ),
        migrations.RemoveField(
            model_name='group',
            name='search',
        ),
        migrations.RemoveField(
            model_name='group',
            name='found_by',
        ),
        migrations.RunSQL(FOLD, migrations.RunSQL.noop),
        migrations.RemoveIndex(
            model_name='meeting',
            name='meeting_by_start',
        ),
        migrations.AddField(
            model_name='meeting',
            name='local_day',
            field=models.GeneratedField(db_persist=True, expression=directory.models.meetings.LocalDay('time_zone', 'starts_at'), output_field=models.DateField()),
        ),
        migrations.AddField(
            model_name='meeting',
            name='slot',
            field=models.GeneratedField(db_persist=True, expression=directory.models.meetings.LocalSlot('time_zone', 'starts_at'), output_field=models.PositiveSmallIntegerField()),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['starts_at', 'group'], include=('ends_at', 'status'), name='meeting_by_start'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['local_day', 'starts_at', 'id'], name='meeting_by_day'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['slot', 'starts_at', 'group'], name='meeting_by_slot'),
        ),
        migrations.CreateModel(
            name='FinderEntry',
            fields=[
                ('group', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='finder_entry', serialize=False, to='directory.group')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('facets', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None, verbose_name='filters')),
                ('words', django.contrib.postgres.search.SearchVectorField(verbose_name='words')),
                ('latitude', models.FloatField(null=True, verbose_name='latitude')),
                ('longitude', models.FloatField(null=True, verbose_name='longitude')),
                ('is_area', models.BooleanField(default=False, verbose_name='shows its area only')),
                ('min_age', models.PositiveSmallIntegerField(default=0, verbose_name='from age')),
                ('max_age', models.PositiveSmallIntegerField(default=150, verbose_name='to age')),
                ('timetable_until', models.DateTimeField(verbose_name='timetable holds until')),
            ],
            options={
                'verbose_name': 'entry of the finder',
                'verbose_name_plural': 'entries of the finder',
            },
        ),
        migrations.AddIndex(
            model_name='finderentry',
            index=django.contrib.postgres.indexes.GinIndex(fields=['facets', 'words'], gin_pending_list_limit=256, name='finder_lookup'),
        ),
        migrations.AddIndex(
            model_name='finderentry',
            index=django.contrib.postgres.indexes.GistIndex(directory.models.finder.Point('longitude', 'latitude'), name='finder_nearby'),
        ),
        migrations.AddIndex(
            model_name='finderentry',
            index=models.Index(fields=['timetable_until'], name='finder_timetable'),
        ),
        migrations.AddConstraint(
            model_name='finderentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__range', (-90, 90)), ('longitude__range', (-180, 180))), _connector='OR'), name='finder_point_is_on_earth'),
        ),
    )
