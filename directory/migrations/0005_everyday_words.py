import django.db.models.deletion
from django.db import migrations, models

# What a topic was found by were words with commas between them, in a field of its own.
MOVE = r"""
INSERT INTO directory_everydaywords (words, topic_id)
SELECT DISTINCT left(lower(trim(word)), 80), topic.id
FROM directory_topic AS topic, regexp_split_to_table(topic.found_by, ',') AS word
WHERE trim(word) <> ''
"""


class Migration(migrations.Migration):
    dependencies = (('directory', '0004_gazetteer'),)
    operations = (
        migrations.CreateModel(
            name='EverydayWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(help_text='One word or a few, as somebody would type them: “dad died”.', max_length=80, verbose_name='everyday words')),
            ],
            options={
                'verbose_name': 'everyday words',
                'verbose_name_plural': 'everyday words',
                'ordering': ('topic', 'words'),
            },
        ),
        migrations.AddField(
            model_name='everydaywords',
            name='topic',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='everyday_words', to='directory.topic', verbose_name='topic'),
        ),
        migrations.AddConstraint(
            model_name='everydaywords',
            constraint=models.UniqueConstraint(fields=('words', 'topic'), name='everyday_words_once_a_topic'),
        ),
        migrations.CreateModel(
            name='KnownWord',
            fields=[
                ('word', models.CharField(max_length=60, primary_key=True, serialize=False, verbose_name='word')),
                ('groups', models.PositiveIntegerField(default=0, verbose_name='groups')),
            ],
            options={
                'verbose_name': 'known word',
                'verbose_name_plural': 'known words',
            },
        ),
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name='topic',
            name='found_by',
        ),
    )
