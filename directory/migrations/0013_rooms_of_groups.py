from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (
        ('directory', '0012_schedule_changes'),
    )
    operations = (
        migrations.AddField(
            model_name='group',
            name='allows_companions',
            field=models.BooleanField(db_default=False, default=False, verbose_name='a companion or carer may come along'),
        ),
        migrations.AddField(
            model_name='group',
            name='allows_single_dates',
            field=models.BooleanField(db_default=True, default=True, verbose_name='people may come to a single date without joining'),
        ),
        migrations.AddField(
            model_name='group',
            name='first_timer_places',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, help_text='So many places at each date stay open to people who come for the first time.', verbose_name='places kept for first-timers'),
        ),
        migrations.AddField(
            model_name='group',
            name='online_capacity',
            field=models.PositiveIntegerField(blank=True, help_text='Only for groups that meet in person and online: those who join from home.', null=True, verbose_name='places online'),
        ),
        migrations.AddField(
            model_name='group',
            name='releases_absent',
            field=models.BooleanField(db_default=False, default=False, verbose_name='give the places of members who are away to others'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='online_capacity',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='places online'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(('online_capacity', None), ('online_capacity__gte', 1), _connector='OR'), name='group_online_capacity_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(('meeting_capacity', None), ('first_timer_places__lte', models.F('meeting_capacity')), _connector='OR'), name='group_keeps_no_more_places_than_it_has'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('online_capacity', None), ('online_capacity__gte', 1), _connector='OR'), name='meeting_online_capacity_is_positive'),
        ),
    )
