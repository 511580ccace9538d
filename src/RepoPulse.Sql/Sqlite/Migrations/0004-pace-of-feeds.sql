-- Apart from the rest of the cursor, because the planner of requests reads it of every feed.
ALTER TABLE feed ADD COLUMN events_per_hour REAL NOT NULL DEFAULT 0;
UPDATE feed SET events_per_hour = coalesce(cursor ->> 'eventsPerHour', 0);
