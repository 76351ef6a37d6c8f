import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (('directory', '0003_finder'),)
    operations = (
        migrations.CreateModel(
            name='Postcode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('country', models.CharField(max_length=2, verbose_name='country')),
                ('code', models.CharField(max_length=20, verbose_name='postcode')),
                ('place_name', models.CharField(blank=True, max_length=180, verbose_name='place')),
                ('region', models.CharField(blank=True, max_length=120, verbose_name='region')),
                ('latitude', models.FloatField(verbose_name='latitude')),
                ('longitude', models.FloatField(verbose_name='longitude')),
            ],
            options={
                'verbose_name': 'postcode',
                'verbose_name_plural': 'postcodes',
                'ordering': ('country', 'code'),
            },
        ),
        migrations.CreateModel(
            name='Town',
            fields=[
                ('id', models.PositiveIntegerField(primary_key=True, serialize=False, verbose_name='GeoNames number')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('folded_names', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), size=None, verbose_name='found as')),
                ('country', models.CharField(max_length=2, verbose_name='country')),
                ('region', models.CharField(blank=True, max_length=120, verbose_name='region')),
                ('latitude', models.FloatField(verbose_name='latitude')),
                ('longitude', models.FloatField(verbose_name='longitude')),
                ('population', models.PositiveIntegerField(default=0, verbose_name='population')),
                ('time_zone', models.CharField(max_length=64, verbose_name='time zone')),
            ],
            options={
                'verbose_name': 'town',
                'verbose_name_plural': 'towns',
                'ordering': ('-population', 'id'),
            },
        ),
        migrations.AddConstraint(
            model_name='postcode',
            constraint=models.UniqueConstraint(fields=('country', 'code'), name='postcode_once_a_country'),
        ),
        migrations.AddIndex(
            model_name='town',
            index=django.contrib.postgres.indexes.GinIndex(fields=['folded_names'], name='town_by_name'),
        ),
        migrations.AddIndex(
            model_name='town',
            index=models.Index(fields=['latitude', 'longitude'], name='town_by_point'),
        ),
    )
