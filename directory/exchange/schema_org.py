"""Groups and meetings as schema.org's Event, for search engines (JSON-LD).

It says what the page says: no person, no link to a room, of a place no more than
visitors read.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from directory.choices import Cost, Format
from directory.models import Group, Meeting, Organisation, Place, Series
from directory.queries.recurring import last_day
from directory.recurrence import WEEKDAYS, Rule, at_local, find_zone, parse

SCHEMA = "https://schema.org"
ATTENDANCE = {
    Format.IN_PERSON: "OfflineEventAttendanceMode",
    Format.ONLINE: "OnlineEventAttendanceMode",
    Format.HYBRID: "MixedEventAttendanceMode",
}
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def group_event(
    group: Group, *, series: Iterable[Series], dates: Iterable[Meeting]
) -> dict[str, Any]:
    """Return a group as an event that recurs, beginning with the next date that goes ahead."""
    event = _event(group, url=_absolute("group", group.slug))
    event["eventStatus"] = f"{SCHEMA}/EventScheduled"
    event["eventSchedule"] = [_schedule(one) for one in series]
    upcoming = next((date for date in dates if not date.is_cancelled), None)
    if upcoming:
        event["startDate"] = _local(upcoming.starts_at, upcoming)
        event["endDate"] = _local(upcoming.ends_at, upcoming)
    return _without_gaps(event)


def meeting_event(meeting: Meeting) -> dict[str, Any]:
    """Return one date as an event: cancelled and moved dates say so."""
    group = meeting.group
    event = _event(group, url=_absolute("meeting", meeting.pk))
    event["eventStatus"] = f"{SCHEMA}/{_status(meeting)}"
    event["startDate"] = _local(meeting.starts_at, meeting)
    event["endDate"] = _local(meeting.ends_at, meeting)
    if meeting.is_moved:
        event["previousStartDate"] = _local(meeting.before, meeting)
    event["superEvent"] = {
        "@type": "EventSeries",
        "name": group.name,
        "url": _absolute("group", group.slug),
    }
    return _without_gaps(event)


def _event(group: Group, *, url: str) -> dict[str, Any]:
    return {
        "@context": SCHEMA,
        "@type": "Event",
        "name": group.name,
        "description": group.summary or group.description[:500],
        "url": url,
        "eventAttendanceMode": f"{SCHEMA}/{ATTENDANCE[Format(group.format)]}",
        "location": _locations(group, url=url),
        "organizer": _organizer(group.organisation),
        "isAccessibleForFree": group.cost != Cost.PAID,
        "inLanguage": list(group.languages),
        "typicalAgeRange": _ages(group),
    }


def _status(meeting: Meeting) -> str:
    if meeting.is_cancelled:
        return "EventCancelled"
    return "EventRescheduled" if meeting.is_moved else "EventScheduled"


def _locations(group: Group, *, url: str) -> list[dict[str, Any]]:
    locations = []
    if group.place and group.has_room_to_go_to:
        locations.append(_place(group.place))
    if group.is_online:
        locations.append({"@type": "VirtualLocation", "url": url})
    return locations


def _place(place: Place) -> dict[str, Any]:
    if not place.is_exact:
        address = {"@type": "PostalAddress", "addressCountry": place.country}
        return {"@type": "Place", "name": place.public_area, "address": address}
    address = {
        "@type": "PostalAddress",
        "streetAddress": place.address,
        "addressLocality": place.town,
        "addressRegion": place.region,
        "postalCode": place.postal_code,
        "addressCountry": place.country,
    }
    return {
        "@type": "Place",
        "name": place.name or place.town,
        "address": _without_gaps(address),
    }


def _organizer(organisation: Organisation) -> dict[str, Any]:
    url = _absolute("organisation", organisation.slug)
    return {"@type": "Organization", "name": organisation.name, "url": url}


def _ages(group: Group) -> str:
    youngest = group.min_age or (18 if group.adults_only else None)
    if youngest is None and group.max_age is None:
        return ""
    return f"{youngest or 0}-{group.max_age or ''}"


def _schedule(series: Series) -> dict[str, Any]:
    """https://schema.org/Schedule: wall-clock times and the zone that they are of."""
    rule = parse(series.rule)
    ends = series.start_local + timedelta(minutes=series.duration_minutes)
    last = last_day(series, now=timezone.now()) or (rule.until.date() if rule.until else None)
    schedule = {
        "@type": "Schedule",
        "startDate": series.first_on.isoformat(),
        "endDate": last.isoformat() if last else "",
        "repeatCount": rule.count,
        "startTime": series.starts_at_time.isoformat(),
        "endTime": ends.time().isoformat(),
        "duration": f"PT{series.duration_minutes}M",
        "scheduleTimezone": series.time_zone,
        "repeatFrequency": f"P{rule.interval}{'M' if rule.monthly else 'W'}",
        "byDay": _days(rule, series),
        "byMonthDay": rule.month_day,
        "exceptDate": [day.isoformat() for day in _left_out(series)],
    }
    return _without_gaps(schedule)


def _left_out(series: Series) -> list[date]:
    """Return the days to come that the rule would have and that are left out.

    A holiday is every day of it, and most of those the rule does not have anyway.
    """
    zone = find_zone(series.time_zone)
    today = timezone.now().astimezone(zone).date()
    skipped = {day for day in series.skipped_on if day >= today}
    if not skipped:
        return []
    begin = at_local(datetime.combine(min(skipped), time.min), zone)
    end = at_local(datetime.combine(max(skipped), time.max), zone)
    # A date may begin at midnight, and `after` leaves out its own moment.
    after = begin - timedelta(minutes=1)
    days = (moment.date() for moment in series.starts(after=after, before=end))
    return [day for day in days if day in skipped]


def _days(rule: Rule, series: Series) -> list[str]:
    if rule.monthly:
        return [f"{nth}{WEEKDAYS[day]}" for nth, day in rule.days]
    days = [day for _nth, day in rule.days] or [series.first_on.weekday()]
    return [f"{SCHEMA}/{DAY_NAMES[day]}" for day in days]


def _local(moment: datetime, meeting: Meeting) -> str:
    return moment.astimezone(ZoneInfo(meeting.time_zone)).isoformat()


def _absolute(name: str, key: object) -> str:
    return settings.SITE_URL + reverse(name, args=[key])


def _without_gaps(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in ("", None, [])}
