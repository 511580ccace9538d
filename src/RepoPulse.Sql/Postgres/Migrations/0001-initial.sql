-- Times are microseconds since 1970 in UTC, as in every database of RepoPulse.

-- Names match without regard to case, by indexes too.
CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);

-- Numbers of events and versions of the catalog. Given out under a lock that is held to the end of the transaction: docs/decisions/0008.
CREATE SEQUENCE event_number;
CREATE SEQUENCE catalog_version;

CREATE TABLE event_type (
    id INTEGER PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    name TEXT NOT NULL UNIQUE
);

-- In parts by time, so that what is past the retention period goes by the part. json is a zstd frame, made with the dictionary of that number (0
-- for none). A fold needs all but that, and finds it in the first index.
CREATE TABLE event (
    seq BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    event_id BIGINT NOT NULL,
    repository_id BIGINT NOT NULL,
    type_id INTEGER NOT NULL,
    source SMALLINT NOT NULL,
    dictionary INTEGER NOT NULL,
    json BYTEA NOT NULL
) PARTITION BY RANGE (created_at);
ALTER TABLE event ALTER COLUMN json SET STORAGE EXTERNAL;
CREATE UNIQUE INDEX event_by_key ON event (created_at, event_id) INCLUDE (repository_id, type_id, seq);
CREATE INDEX event_by_repository ON event (repository_id, created_at, event_id);
CREATE INDEX event_by_seq ON event (seq);

-- Before GitHub (2008) and after this century: what can only be a mistake gets no part of its own.
CREATE TABLE event_early PARTITION OF event FOR VALUES FROM (MINVALUE) TO (1199145600000000);
CREATE TABLE event_late PARTITION OF event FOR VALUES FROM (4102444800000000) TO (MAXVALUE);

-- What retention has let go: events before cutoff with a number of at most upto. They are not shown, and go with their part.
CREATE TABLE retention (
    cutoff BIGINT NOT NULL,
    upto BIGINT NOT NULL
);
INSERT INTO retention (cutoff, upto) VALUES (-9223372036854775808, 0);

CREATE TABLE dictionary (
    number INTEGER PRIMARY KEY,
    trained_after BIGINT NOT NULL,
    content BYTEA NOT NULL
);

-- Every name that a repository bore. stamp is the catalog's version at which the row last changed in a way that readers must learn of.
CREATE TABLE repository_name (
    stamp BIGINT PRIMARY KEY,
    repository_id BIGINT NOT NULL,
    name TEXT COLLATE nocase NOT NULL,
    last_seen_at BIGINT NOT NULL
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX repository_name_by_repository ON repository_name (repository_id, name);
CREATE INDEX repository_name_by_name ON repository_name (name);

-- Who collects, for as long as by the clock of this server nobody may doubt it.
CREATE TABLE collector (
    id BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    lease_until TIMESTAMPTZ NOT NULL
);

-- Which tokens a collector uses, and which of all tokens GitHub makes wait.
CREATE TABLE collector_token (
    collector_id BIGINT NOT NULL REFERENCES collector ON DELETE CASCADE,
    token TEXT NOT NULL,
    PRIMARY KEY (collector_id, token)
);
CREATE TABLE token_wait (
    token TEXT PRIMARY KEY,
    wait_until TIMESTAMPTZ NOT NULL
);

-- collector_id says who polls the feed. It counts for as long as that collector's lease.
CREATE TABLE feed (
    id BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    version BIGINT NOT NULL,
    address TEXT COLLATE nocase NOT NULL UNIQUE,
    repository_id BIGINT NULL,
    state SMALLINT NOT NULL,
    last_polled_at BIGINT NULL,
    next_poll_at BIGINT NULL,
    cursor TEXT NULL,
    last_sweep BYTEA NULL,
    events_per_hour DOUBLE PRECISION NOT NULL DEFAULT 0,
    origin_id BIGINT NULL,
    collector_id BIGINT NULL
);
CREATE INDEX feed_by_version ON feed (version);
CREATE INDEX feed_by_repository ON feed (repository_id) WHERE repository_id IS NOT NULL;
CREATE INDEX feed_by_origin ON feed (origin_id) WHERE origin_id IS NOT NULL;
CREATE INDEX feed_by_collector ON feed (collector_id) WHERE collector_id IS NOT NULL;

CREATE TABLE coverage (
    feed_id BIGINT NOT NULL,
    from_at BIGINT NOT NULL,
    to_at BIGINT NOT NULL,
    state SMALLINT NOT NULL,
    reason TEXT NULL,
    PRIMARY KEY (feed_id, from_at)
);

-- Of which stretches archives were imported: 0 for all public repositories, else of that one alone.
CREATE TABLE archive (
    repository_id BIGINT NOT NULL,
    from_at BIGINT NOT NULL,
    to_at BIGINT NOT NULL,
    PRIMARY KEY (repository_id, from_at)
);

-- lapsed says that the catalog has reported the lapse to its readers; whether a list has lapsed is judged by registered_at alone.
CREATE TABLE watch_list (
    collector TEXT PRIMARY KEY,
    registered_at BIGINT NOT NULL,
    lapsed SMALLINT NOT NULL
);

CREATE TABLE watch_list_feed (
    feed_id BIGINT NOT NULL,
    collector TEXT NOT NULL,
    PRIMARY KEY (feed_id, collector)
);
CREATE INDEX watch_list_feed_by_collector ON watch_list_feed (collector);

-- Deliveries of webhooks, for as long as GitHub may send them again.
CREATE TABLE webhook_delivery (
    id TEXT PRIMARY KEY,
    received_at BIGINT NOT NULL
);
CREATE INDEX webhook_delivery_by_time ON webhook_delivery (received_at);

-- Every event that a webhook brought, and which row of the log stands for it: its own, or where superseded is 1 that of the same occurrence in
-- the polled form.
CREATE TABLE webhook_event (
    repository_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    event_id BIGINT NOT NULL,
    natural_key BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    superseded SMALLINT NOT NULL,
    PRIMARY KEY (repository_id, created_at, event_id)
);
CREATE INDEX webhook_event_by_time ON webhook_event (created_at);
CREATE INDEX webhook_event_open ON webhook_event (created_at) WHERE superseded = 0;
CREATE INDEX webhook_event_superseded ON webhook_event (seq) WHERE superseded = 1;
