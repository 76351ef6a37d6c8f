from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (('directory', '0007_facilitators_public_address'),)
    operations = (
        migrations.CreateModel(
            name='FinderTotals',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ('counted_at', models.DateTimeField(verbose_name='counted at')),
                ('groups', models.PositiveIntegerField(verbose_name='groups')),
                ('numbers', models.JSONField(default=dict, verbose_name='numbers')),
            ],
            options={
                'verbose_name': 'totals of the finder',
                'verbose_name_plural': 'totals of the finder',
                'constraints': (models.CheckConstraint(condition=models.Q(('id', 1)), name='finder_totals_are_one_row'),),
            },
        ),
    )
