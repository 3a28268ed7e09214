-- The calendar asks how often a workshop changed.

CREATE INDEX event_subject ON event (subject_id);
