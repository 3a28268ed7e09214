"""Reads a calendar from standard input with a parser that is not ours; its events as JSON."""

import json
import sys

import icalendar

text = sys.stdin.buffer.read()
for line in text.split(b"\r\n"):
    assert len(line) <= 75, line
    assert b"\n" not in line and b"\r" not in line, line
calendar = icalendar.Calendar.from_ical(text)
assert calendar["VERSION"] == "2.0" and calendar["PRODID"], calendar
events = []
for event in calendar.walk("VEVENT"):
    assert not event.errors, event.errors
    said = {name.lower(): str(event[name]) for name in ("UID", "SUMMARY", "DESCRIPTION", "STATUS")}
    said["location"] = str(event["LOCATION"]) if "LOCATION" in event else None
    said["sequence"] = int(event["SEQUENCE"])
    for name in ("DTSTART", "DTEND", "DTSTAMP"):
        moment = event[name].dt
        assert moment.utcoffset() is not None, moment
        said[name.lower()] = moment.isoformat()
    events.append(said)
print(json.dumps({"name": str(calendar["X-WR-CALNAME"]), "events": events}))
