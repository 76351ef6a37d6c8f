import directory.choices
import directory.models.search
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.manager
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_people_outbox_audit'),
        ('directory', '0001_fold'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='address')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('summary', models.CharField(max_length=300, verbose_name='summary')),
                ('opening', models.TextField(blank=True, verbose_name='opening')),
                ('opening_source', models.CharField(blank=True, max_length=200, verbose_name='where the opening comes from')),
                ('evidence', models.TextField(blank=True, verbose_name='what the evidence says')),
                ('evidence_source', models.CharField(blank=True, max_length=200, verbose_name='where the evidence is told of')),
                ('about', models.CharField(blank=True, max_length=400, verbose_name='how this text was made')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='position')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published at')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated at')),
            ],
            options={
                'verbose_name': 'article',
                'verbose_name_plural': 'articles',
                'ordering': ('position', 'title'),
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('original_start', models.DateTimeField(editable=False, verbose_name='original start')),
                ('starts_at', models.DateTimeField(verbose_name='starts at')),
                ('ends_at', models.DateTimeField(verbose_name='ends at')),
                ('time_zone', models.CharField(max_length=64, verbose_name='time zone')),
                ('status', models.CharField(choices=directory.choices.MeetingStatus.pairs, default='scheduled', max_length=10, verbose_name='status')),
                ('reason', models.CharField(blank=True, help_text='Everybody can read this. Leave out names and anything private.', max_length=200, verbose_name='reason for the change')),
                ('theme', models.CharField(blank=True, max_length=120, verbose_name='theme of the evening')),
                ('capacity', models.PositiveIntegerField(blank=True, null=True, verbose_name='places')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(auto_now=True, db_default=django.db.models.functions.datetime.Now(), verbose_name='updated at')),
            ],
            options={
                'verbose_name': 'meeting',
                'verbose_name_plural': 'meetings',
                'ordering': ('starts_at', 'id'),
                'base_manager_name': 'everything',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='CrisisLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('country', models.CharField(blank=True, db_index=True, max_length=2, verbose_name='country')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('instructions', models.CharField(max_length=300, verbose_name='when and how to use it')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='phone')),
                ('text_number', models.CharField(blank=True, max_length=60, verbose_name='text')),
                ('url', models.URLField(blank=True, verbose_name='web page')),
                ('is_emergency', models.BooleanField(default=False, verbose_name='for danger to life')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='position')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='where this is known from')),
                ('reviewed_on', models.DateField(verbose_name='reviewed on')),
            ],
            options={
                'verbose_name': 'crisis line',
                'verbose_name_plural': 'crisis lines',
                'ordering': ('country', 'position', 'id'),
            },
        ),
        migrations.CreateModel(
            name='FacilitatorProfile',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='facilitator_profile', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('public_first_name', models.CharField(max_length=40, verbose_name='first name shown to visitors')),
                ('about', models.CharField(blank=True, max_length=300, verbose_name='a few words about you')),
                ('is_listed', models.BooleanField(default=False, verbose_name='show me to visitors')),
            ],
            options={
                'verbose_name': "facilitator's listing",
                'verbose_name_plural': "facilitators' listings",
            },
        ),
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='address')),
                ('status', models.CharField(choices=directory.choices.GroupStatus.pairs, default='draft', max_length=10, verbose_name='status')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('summary', models.CharField(blank=True, max_length=240, verbose_name='in one or two sentences')),
                ('description', models.TextField(blank=True, verbose_name='about the group')),
                ('who_for', models.CharField(blank=True, max_length=240, verbose_name='who it is for')),
                ('what_to_expect', models.TextField(blank=True, verbose_name='what to expect')),
                ('what_it_is_not', models.CharField(blank=True, max_length=240, verbose_name='what it is not')),
                ('audiences', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=directory.choices.Audience.pairs, max_length=30), blank=True, default=list, size=None, verbose_name='who it is for')),
                ('access_features', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=directory.choices.AccessFeature.pairs, max_length=30), blank=True, default=list, size=None, verbose_name='access')),
                ('languages', models.JSONField(blank=True, default=list, verbose_name='languages')),
                ('min_age', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='from age')),
                ('max_age', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='to age')),
                ('adults_only', models.BooleanField(default=True, verbose_name='ask people to confirm that they are 18 or over')),
                ('format', models.CharField(choices=directory.choices.Format.pairs, max_length=10, verbose_name='format')),
                ('country', models.CharField(max_length=2, verbose_name='country')),
                ('time_zone', models.CharField(max_length=64, verbose_name='time zone')),
                ('camera', models.CharField(choices=directory.choices.CameraRule.pairs, default='as-you-like', max_length=12, verbose_name='cameras')),
                ('joining', models.CharField(choices=directory.choices.Joining.pairs, max_length=10, verbose_name='how one joins')),
                ('answer_within_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='answers requests within (days)')),
                ('openness', models.CharField(choices=directory.choices.Openness.pairs, default='open', max_length=10, verbose_name='open or closed')),
                ('capacity', models.PositiveIntegerField(blank=True, null=True, verbose_name='members at most')),
                ('meeting_capacity', models.PositiveIntegerField(blank=True, null=True, verbose_name='places at a meeting')),
                ('cost', models.CharField(choices=directory.choices.Cost.pairs, default='free', max_length=10, verbose_name='cost')),
                ('cost_note', models.CharField(blank=True, max_length=120, verbose_name='more about the cost')),
                ('which_door', models.CharField(blank=True, max_length=240, verbose_name='which door, which floor')),
                ('who_greets', models.CharField(blank=True, max_length=240, verbose_name='who greets a newcomer')),
                ('if_late', models.CharField(blank=True, max_length=240, verbose_name='may I be late?')),
                ('only_listen', models.CharField(blank=True, max_length=240, verbose_name='may I only listen?')),
                ('bring_somebody', models.CharField(blank=True, max_length=240, verbose_name='may I bring somebody?')),
                ('usual_size_from', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='usually at least')),
                ('usual_size_to', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='usually at most')),
                ('found_by', models.TextField(blank=True, editable=False, help_text='Topics, town, organisation and facilitators, kept by the actions.', verbose_name='other words it is found by')),
                ('private_notes', models.TextField(blank=True, help_text='Never shown to visitors or members.', verbose_name='notes for the organisation')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('confirmed_on', models.DateField(blank=True, null=True, verbose_name='last confirmed on')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='published at')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(auto_now=True, db_default=django.db.models.functions.datetime.Now(), verbose_name='updated at')),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(directory.models.search.Folded(models.F('name')), config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(directory.models.search.Folded(models.F('found_by')), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector(directory.models.search.Folded(models.F('summary')), config='english', weight='C'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector(directory.models.search.Folded(models.F('description')), config='english', weight='D'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField())),
            ],
            options={
                'verbose_name': 'group',
                'verbose_name_plural': 'groups',
                'ordering': ('name', 'id'),
                'base_manager_name': 'everything',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='MissingGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wanted', models.TextField(max_length=1000, verbose_name='what were you looking for?')),
                ('where', models.CharField(blank=True, max_length=120, verbose_name='where?')),
                ('created_on', models.DateField(default=django.utils.timezone.localdate, editable=False, verbose_name='on')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='dealt with at')),
            ],
            options={
                'verbose_name': 'missing group',
                'verbose_name_plural': 'missing groups',
                'ordering': ('-created_on', '-id'),
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name of the building')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='street and number')),
                ('town', models.CharField(max_length=100, verbose_name='town')),
                ('region', models.CharField(blank=True, max_length=100, verbose_name='region')),
                ('postal_code', models.CharField(blank=True, max_length=20, verbose_name='postcode')),
                ('country', models.CharField(max_length=2, verbose_name='country')),
                ('area', models.CharField(blank=True, help_text='What visitors read when the address is for members: “Leeds, north”.', max_length=120, verbose_name='area')),
                ('shown', models.CharField(choices=directory.choices.PlaceShown.pairs, default='exactly', max_length=10, verbose_name='what visitors see')),
                ('latitude', models.FloatField(blank=True, null=True, verbose_name='latitude')),
                ('longitude', models.FloatField(blank=True, null=True, verbose_name='longitude')),
            ],
            options={
                'verbose_name': 'place',
                'verbose_name_plural': 'places',
                'ordering': ('town', 'name'),
            },
        ),
        migrations.CreateModel(
            name='AgreementVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=directory.choices.AgreementKind.pairs, max_length=20, verbose_name='kind')),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('text', models.TextField(verbose_name='text')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published at')),
            ],
            options={
                'verbose_name': 'version of an agreement',
                'verbose_name_plural': 'versions of agreements',
                'ordering': ('kind', 'number'),
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['confidentiality', 'membership'])), name='agreement_kind_known'), models.UniqueConstraint(fields=('kind', 'number'), name='agreement_number_once')],
            },
        ),
        migrations.CreateModel(
            name='Acceptance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('accepted_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='accepted at')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acceptances', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acceptances', to='directory.agreementversion')),
            ],
            options={
                'verbose_name': 'acceptance',
                'verbose_name_plural': 'acceptances',
            },
        ),
        migrations.CreateModel(
            name='ArticlePart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('slug', models.SlugField(max_length=80, verbose_name='address')),
                ('heading', models.CharField(max_length=120, verbose_name='heading')),
                ('body', models.TextField(verbose_name='text')),
                ('source', models.CharField(max_length=200, verbose_name='where it comes from')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='directory.article')),
            ],
            options={
                'verbose_name': 'part of an article',
                'verbose_name_plural': 'parts of articles',
                'ordering': ('article', 'number'),
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='attendance', serialize=False, to='directory.meeting')),
                ('came', models.PositiveSmallIntegerField(verbose_name='how many came')),
                ('first_time', models.PositiveSmallIntegerField(default=0, verbose_name='of them for the first time')),
                ('counted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='counted at')),
            ],
            options={
                'verbose_name': 'attendance',
                'verbose_name_plural': 'attendance',
            },
        ),
        migrations.CreateModel(
            name='ConfidentialityNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='name')),
                ('text', models.CharField(max_length=400, verbose_name='text')),
                ('origin', models.CharField(choices=directory.choices.NoteOrigin.pairs, max_length=10, verbose_name='origin')),
                ('source', models.CharField(help_text='The article and its part, or the guidance that our own rule follows.', max_length=200, verbose_name='where it comes from')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='why we say it')),
                ('shown_on', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=directory.choices.NotePlace.pairs, max_length=30), blank=True, default=list, size=None, verbose_name='where shown')),
                ('formats', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=directory.choices.Format.pairs, max_length=30), blank=True, default=list, size=None, verbose_name='for which formats')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='position')),
                ('part', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notes', to='directory.articlepart', verbose_name='part of the article')),
            ],
            options={
                'verbose_name': 'confidentiality note',
                'verbose_name_plural': 'confidentiality notes',
                'ordering': ('position', 'slug'),
            },
        ),
        migrations.CreateModel(
            name='OnlineRoom',
            fields=[
                ('group', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='online_room', serialize=False, to='directory.group')),
                ('url', models.URLField(blank=True, max_length=1000, verbose_name='link')),
                ('meeting_code', models.CharField(blank=True, max_length=100, verbose_name='meeting ID')),
                ('passcode', models.CharField(blank=True, max_length=100, verbose_name='passcode')),
                ('phone', models.CharField(blank=True, max_length=200, verbose_name='dial-in number')),
                ('notes', models.TextField(blank=True, verbose_name='notes for members')),
                ('updated_at', models.DateTimeField(auto_now=True, db_default=django.db.models.functions.datetime.Now(), verbose_name='updated at')),
            ],
            options={
                'verbose_name': 'online room',
                'verbose_name_plural': 'online rooms',
            },
        ),
        migrations.AddField(
            model_name='meeting',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meetings', to='directory.group'),
        ),
        migrations.CreateModel(
            name='Facilitator',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=directory.choices.FacilitatorRole.pairs, default='co', max_length=10, verbose_name='role')),
                ('since_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='since')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended at')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='facilitations', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='facilitators', to='directory.group')),
            ],
            options={
                'verbose_name': 'facilitator',
                'verbose_name_plural': 'facilitators',
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='given at')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn at')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='directory.agreementversion')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='directory.group')),
            ],
            options={
                'verbose_name': 'consent',
                'verbose_name_plural': 'consents',
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('role', models.CharField(choices=directory.choices.FacilitatorRole.pairs, default='lead', max_length=10, verbose_name='role')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='created at')),
                ('expires_at', models.DateTimeField(verbose_name='expires at')),
                ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='accepted at')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn at')),
                ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='directory.group')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=directory.choices.MembershipState.pairs, max_length=10, verbose_name='state')),
                ('message', models.TextField(blank=True, max_length=1000, verbose_name='message to the facilitator')),
                ('access_needs', models.CharField(blank=True, max_length=500, verbose_name='access needs')),
                ('would_rather_listen', models.BooleanField(default=False, verbose_name='would rather listen')),
                ('is_adult', models.BooleanField(default=False, verbose_name='confirmed being 18 or over')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked at')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered at')),
                ('answer', models.CharField(blank=True, max_length=500, verbose_name='answer')),
                ('joined_at', models.DateTimeField(blank=True, null=True, verbose_name='joined at')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended at')),
                ('acceptance', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='directory.acceptance')),
                ('consent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='directory.consent')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='directory.group')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'membership',
                'verbose_name_plural': 'memberships',
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='name')),
                ('slug', models.SlugField(max_length=64, unique=True, verbose_name='address')),
                ('description', models.TextField(blank=True, verbose_name='about')),
                ('country', models.CharField(max_length=2, verbose_name='country')),
                ('time_zone', models.CharField(max_length=64, verbose_name='time zone')),
                ('website', models.URLField(blank=True, verbose_name='web page')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='public e-mail address')),
                ('contact_phone', models.CharField(blank=True, max_length=40, verbose_name='public phone number')),
                ('runs_site', models.BooleanField(default=False, help_text="Its moderators edit the site's name, contact and crisis lines.", verbose_name='runs this site')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='created at')),
            ],
            options={
                'verbose_name': 'organisation',
                'verbose_name_plural': 'organisations',
                'ordering': ('name',),
                'constraints': [models.UniqueConstraint(condition=models.Q(('runs_site', True)), fields=('runs_site',), name='organisation_one_runs_the_site')],
            },
        ),
        migrations.CreateModel(
            name='Moderator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='since')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended at')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moderations', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moderators', to='directory.organisation')),
            ],
            options={
                'verbose_name': 'moderator',
                'verbose_name_plural': 'moderators',
            },
        ),
        migrations.CreateModel(
            name='ImportedListing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('feed_format', models.CharField(max_length=20, verbose_name='format')),
                ('key', models.CharField(max_length=100, verbose_name='key in the feed')),
                ('fingerprint', models.CharField(max_length=64, verbose_name='fingerprint')),
                ('values', models.JSONField(default=dict, verbose_name='values')),
                ('remarks', models.JSONField(blank=True, default=list, verbose_name='remarks')),
                ('first_seen_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='first seen at')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='changed at')),
                ('gone_at', models.DateTimeField(blank=True, null=True, verbose_name='gone from the feed at')),
                ('group', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='imported_listing', to='directory.group')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='imported_listings', to='directory.organisation')),
            ],
            options={
                'verbose_name': 'imported listing',
                'verbose_name_plural': 'imported listings',
            },
        ),
        migrations.AddField(
            model_name='group',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='groups', to='directory.organisation'),
        ),
        migrations.CreateModel(
            name='PlaceAccess',
            fields=[
                ('place', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='access', serialize=False, to='directory.place')),
                ('door_code', models.CharField(blank=True, max_length=60, verbose_name='door code')),
                ('keyholder', models.CharField(blank=True, max_length=120, verbose_name='who has the key')),
                ('room_set_up', models.TextField(blank=True, verbose_name='setting up the room')),
            ],
            options={
                'verbose_name': 'access to a place',
                'verbose_name_plural': 'access to places',
            },
        ),
        migrations.AddField(
            model_name='place',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='directory.organisation'),
        ),
        migrations.AddField(
            model_name='group',
            name='place',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='directory.place', verbose_name='place'),
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=directory.choices.SeatState.pairs, max_length=10, verbose_name='state')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked at')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='changed at')),
                ('offer_expires_at', models.DateTimeField(blank=True, null=True, verbose_name='offer expires at')),
                ('acceptance', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='directory.acceptance')),
                ('consent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='directory.consent')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='directory.meeting')),
                ('membership', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='directory.membership')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'seat',
                'verbose_name_plural': 'seats',
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('first_on', models.DateField(verbose_name='from')),
                ('starts_at_time', models.TimeField(verbose_name='starts at')),
                ('duration_minutes', models.PositiveSmallIntegerField(default=60, verbose_name='minutes')),
                ('time_zone', models.CharField(max_length=64, verbose_name='time zone')),
                ('rule', models.CharField(max_length=200, verbose_name='rule')),
                ('skipped_on', django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), blank=True, default=list, size=None, verbose_name='skipped dates')),
                ('generated_until', models.DateTimeField(editable=False, null=True, verbose_name='dates exist until')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended at')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='created at')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='series', to='directory.group')),
            ],
            options={
                'verbose_name': 'series',
                'verbose_name_plural': 'series',
                'ordering': ('first_on', 'starts_at_time', 'id'),
            },
        ),
        migrations.AddField(
            model_name='meeting',
            name='series',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='directory.series'),
        ),
        migrations.CreateModel(
            name='SiteProfile',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(default='Waymeet', max_length=60, verbose_name='name of the site')),
                ('tagline', models.CharField(blank=True, max_length=160, verbose_name='what it is, in one line')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='contact by e-mail')),
                ('contact_phone', models.CharField(blank=True, max_length=40, verbose_name='contact by phone')),
                ('country', models.CharField(default='GB', max_length=2, verbose_name='country')),
                ('exit_url', models.URLField(default='https://www.bbc.co.uk/weather', help_text='A neutral page that anybody might be reading: the weather, the news.', verbose_name='where “Exit this page” leads')),
            ],
            options={
                'verbose_name': 'site',
                'verbose_name_plural': 'site',
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='site_profile_is_one_row')],
            },
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=64, unique=True, verbose_name='address')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('description', models.CharField(blank=True, max_length=200, verbose_name='in one line')),
                ('found_by', models.CharField(blank=True, help_text='Searched, never shown. Commas between them.', max_length=300, verbose_name='other words it is found by')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='position')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='directory.topic', verbose_name='part of')),
            ],
            options={
                'verbose_name': 'topic',
                'verbose_name_plural': 'topics',
                'ordering': ('position', 'name'),
            },
        ),
        migrations.AddField(
            model_name='group',
            name='topics',
            field=models.ManyToManyField(related_name='groups', to='directory.topic', verbose_name='topics'),
        ),
        migrations.AddField(
            model_name='article',
            name='topics',
            field=models.ManyToManyField(blank=True, related_name='articles', to='directory.topic', verbose_name='topics'),
        ),
        migrations.AddConstraint(
            model_name='acceptance',
            constraint=models.UniqueConstraint(fields=('person', 'version'), name='acceptance_once'),
        ),
        migrations.AddConstraint(
            model_name='articlepart',
            constraint=models.UniqueConstraint(fields=('article', 'number'), name='article_part_number_once'),
        ),
        migrations.AddConstraint(
            model_name='articlepart',
            constraint=models.UniqueConstraint(fields=('article', 'slug'), name='article_part_slug_once'),
        ),
        migrations.AddConstraint(
            model_name='articlepart',
            constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='article_part_says_its_source'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(('first_time__lte', models.F('came'))), name='attendance_newcomers_among_all'),
        ),
        migrations.AddConstraint(
            model_name='confidentialitynote',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['article', 'own'])), name='note_origin_known'),
        ),
        migrations.AddConstraint(
            model_name='confidentialitynote',
            constraint=models.CheckConstraint(condition=models.Q(('shown_on__contained_by', ['group', 'meeting', 'join', 'member', 'facilitate', 'mail'])), name='note_shown_on_known'),
        ),
        migrations.AddConstraint(
            model_name='confidentialitynote',
            constraint=models.CheckConstraint(condition=models.Q(('formats__contained_by', ['in-person', 'online', 'hybrid'])), name='note_formats_known'),
        ),
        migrations.AddConstraint(
            model_name='confidentialitynote',
            constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='note_says_its_source'),
        ),
        migrations.AddConstraint(
            model_name='facilitator',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['lead', 'co'])), name='facilitator_role_known'),
        ),
        migrations.AddConstraint(
            model_name='facilitator',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('group', 'person'), name='facilitator_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('person', 'group'), name='consent_standing_once'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['lead', 'co'])), name='invitation_role_known'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('accepted_at', None), ('withdrawn_at', None)), fields=('group', 'email'), name='invitation_open_once'),
        ),
        migrations.AddIndex(
            model_name='membership',
            index=models.Index(fields=['group', 'state', 'asked_at'], name='membership_queue'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'waiting', 'active', 'left', 'declined', 'removed'])), name='membership_state_known'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('group', 'person'), name='membership_once'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['asked', 'waiting', 'active']), _negated=True), models.Q(('acceptance__isnull', False), ('consent__isnull', False)), _connector='OR'), name='membership_rests_on_agreement_and_consent'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'active'), _negated=True), models.Q(('ended_at', None), ('joined_at__isnull', False)), _connector='OR'), name='membership_active_has_begun'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['left', 'declined', 'removed']), _negated=True), models.Q(('access_needs', ''), ('ended_at__isnull', False), ('message', '')), _connector='OR'), name='membership_ended_keeps_no_answers'),
        ),
        migrations.AddConstraint(
            model_name='moderator',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('organisation', 'person'), name='moderator_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='importedlisting',
            constraint=models.UniqueConstraint(fields=('organisation', 'feed_format', 'key'), name='imported_listing_once'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(('shown__in', ['exactly', 'area'])), name='place_shown_known'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__range', (-90, 90)), ('longitude__range', (-180, 180))), _connector='OR'), name='place_point_is_on_earth'),
        ),
        migrations.AddIndex(
            model_name='seat',
            index=models.Index(fields=['meeting', 'state', 'asked_at'], name='seat_queue'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['confirmed', 'waiting', 'offered', 'given-back'])), name='seat_state_known'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.UniqueConstraint(fields=('meeting', 'person'), name='seat_once'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'given-back'), ('membership__isnull', False), models.Q(('acceptance__isnull', False), ('consent__isnull', False)), _connector='OR'), name='seat_rests_on_membership_or_consent'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('offer_expires_at__isnull', False), ('state', 'offered')), models.Q(models.Q(('state', 'offered'), _negated=True), ('offer_expires_at', None)), _connector='OR'), name='seat_offer_expires'),
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.CheckConstraint(condition=models.Q(('duration_minutes__range', (5, 1440))), name='series_lasts_minutes_to_a_day'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['starts_at', 'id'], name='meeting_by_start'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['group', 'starts_at'], name='meeting_of_group'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['scheduled', 'cancelled'])), name='meeting_status_known'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(fields=('series', 'original_start'), name='meeting_once_a_series'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='meeting_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'cancelled'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='meeting_cancelled_says_why'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('capacity', None), ('capacity__gte', 1), _connector='OR'), name='meeting_capacity_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='topic_is_not_its_own_parent'),
        ),
        migrations.AddIndex(
            model_name='group',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='group_search'),
        ),
        migrations.AddIndex(
            model_name='group',
            index=models.Index(fields=['status', 'name', 'id'], name='group_by_name'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'published', 'paused', 'closed'])), name='group_status_known'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(('format__in', ['in-person', 'online', 'hybrid'])), name='group_format_known'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(('joining__in', ['just-come', 'sign-up', 'ask'])), name='group_joining_known'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(('openness__in', ['open', 'closed'])), name='group_openness_known'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(('cost__in', ['free', 'donation', 'paid'])), name='group_cost_known'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(('camera__in', ['as-you-like', 'on-please', 'off'])), name='group_camera_known'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(('audiences__contained_by', ['everyone', 'women', 'men', 'non-binary', 'trans', 'lgbtq', 'young-people', 'older-people', 'parents', 'carers', 'relatives', 'people-of-colour', 'veterans', 'newcomers'])), name='group_audiences_known'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(('access_features__contained_by', ['step-free', 'accessible-toilet', 'hearing-loop', 'sign-language', 'captions', 'quiet-space', 'fragrance-free', 'child-friendly', 'childcare', 'assistance-dogs', 'parking', 'by-phone'])), name='group_access_features_known'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('joining', 'just-come'), _negated=True), ('format', 'in-person'), _connector='OR'), name='group_just_come_is_in_person'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('joining', 'ask'), _negated=True), models.Q(('answer_within_days__gte', 1), ('answer_within_days__isnull', False)), _connector='OR'), name='group_that_is_asked_says_when_it_answers'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('format', 'online'), ('place__isnull', False), _connector='OR'), name='group_published_has_a_place'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(('capacity', None), ('capacity__gte', 1), _connector='OR'), name='group_capacity_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(('meeting_capacity', None), ('meeting_capacity__gte', 1), _connector='OR'), name='group_meeting_capacity_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(('min_age', None), ('max_age', None), ('min_age__lte', models.F('max_age')), _connector='OR'), name='group_ages_in_order'),
        ),
    ]
