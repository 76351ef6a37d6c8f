import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import directory.choices


class Migration(migrations.Migration):
    dependencies = (('directory', '0005_everyday_words'),)
    operations = (
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='a name to go by')),
                ('text', models.TextField(max_length=1000, verbose_name='your question')),
                ('address', models.EmailField(blank=True, editable=False, max_length=254, verbose_name='your e-mail address')),
                ('language', models.CharField(default='en', editable=False, max_length=10, verbose_name='language')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='asked at')),
                ('answer', models.TextField(blank=True, max_length=2000, verbose_name='answer')),
                ('answered_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='answered at')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='directory.group')),
            ],
            options={
                'verbose_name': 'question',
                'verbose_name_plural': 'questions',
                'ordering': ('asked_at', 'id'),
                'indexes': [models.Index(condition=models.Q(('answered_at', None)), fields=['group', 'asked_at'], name='question_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('answered_at', None), ('address', ''), _connector='OR'), name='question_answered_keeps_no_address')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('about', models.CharField(choices=directory.choices.WrongAbout.pairs, max_length=12, verbose_name='what is wrong?')),
                ('text', models.TextField(blank=True, max_length=1000, verbose_name='what would be right?')),
                ('address', models.EmailField(blank=True, editable=False, max_length=254, verbose_name='your e-mail address')),
                ('language', models.CharField(default='en', editable=False, max_length=10, verbose_name='language')),
                ('told_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='told at')),
                ('answer', models.TextField(blank=True, max_length=2000, verbose_name='answer')),
                ('settled_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='dealt with at')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='directory.group')),
            ],
            options={
                'verbose_name': 'correction',
                'verbose_name_plural': 'corrections',
                'ordering': ('told_at', 'id'),
                'indexes': [models.Index(condition=models.Q(('settled_at', None)), fields=['group', 'told_at'], name='correction_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('about__in', ['time', 'place', 'not-running', 'other'])), name='correction_about_known'), models.CheckConstraint(condition=models.Q(('settled_at', None), ('address', ''), _connector='OR'), name='correction_settled_keeps_no_address')],
            },
        ),
    )
