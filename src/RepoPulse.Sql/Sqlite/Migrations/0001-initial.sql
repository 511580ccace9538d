-- Times are microseconds since 1970 in UTC. Types of events and their payloads' dictionaries are numbered, because a row is small only so.

-- Numbers that are given out once: the last sequence number of the log, the last version of the catalog.
CREATE TABLE counter (
    name TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO counter (name, value) VALUES ('event', 0), ('catalog', 0);

CREATE TABLE event_type (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

-- Narrow, because a fold reads all of it: the JSON is in a table of its own.
-- seq is given from the counter, in the order of commits, and never again after retention deleted the newest.
CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    created_at INTEGER NOT NULL,
    event_id INTEGER NOT NULL,
    repository_id INTEGER NOT NULL,
    type_id INTEGER NOT NULL,
    source INTEGER NOT NULL
);
CREATE UNIQUE INDEX event_by_key ON event (created_at, event_id);
CREATE INDEX event_by_repository ON event (repository_id, created_at);

-- json is a zstd frame, made with the dictionary of that number (0 for none).
CREATE TABLE payload (
    seq INTEGER PRIMARY KEY,
    dictionary INTEGER NOT NULL,
    json BLOB NOT NULL
);

CREATE TABLE dictionary (
    number INTEGER PRIMARY KEY,
    trained_after INTEGER NOT NULL,
    content BLOB NOT NULL
);

-- Every name that a repository bore. stamp is the catalog's version at which the row last changed in a way that readers must learn of; it is
-- the key because "what changed since" is then a range of the table itself.
CREATE TABLE repository_name (
    stamp INTEGER PRIMARY KEY,
    repository_id INTEGER NOT NULL,
    name TEXT NOT NULL COLLATE NOCASE,
    last_seen_at INTEGER NOT NULL
);
CREATE INDEX repository_name_by_repository ON repository_name (repository_id);
CREATE INDEX repository_name_by_name ON repository_name (name);

CREATE TABLE feed (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    address TEXT NOT NULL UNIQUE COLLATE NOCASE,
    repository_id INTEGER NULL,
    state INTEGER NOT NULL,
    last_polled_at INTEGER NULL,
    next_poll_at INTEGER NULL,
    cursor TEXT NULL,
    last_sweep BLOB NULL
);
CREATE INDEX feed_by_version ON feed (version);
CREATE INDEX feed_by_repository ON feed (repository_id) WHERE repository_id IS NOT NULL;

CREATE TABLE coverage (
    feed_id INTEGER NOT NULL,
    from_at INTEGER NOT NULL,
    to_at INTEGER NOT NULL,
    state INTEGER NOT NULL,
    reason TEXT NULL,
    PRIMARY KEY (feed_id, from_at)
) WITHOUT ROWID;

-- lapsed says that the catalog has reported the lapse to its readers; whether a list has lapsed is judged by registered_at alone.
CREATE TABLE watch_list (
    collector TEXT NOT NULL PRIMARY KEY,
    registered_at INTEGER NOT NULL,
    lapsed INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE watch_list_feed (
    feed_id INTEGER NOT NULL,
    collector TEXT NOT NULL,
    PRIMARY KEY (feed_id, collector)
) WITHOUT ROWID;
CREATE INDEX watch_list_feed_by_collector ON watch_list_feed (collector);
