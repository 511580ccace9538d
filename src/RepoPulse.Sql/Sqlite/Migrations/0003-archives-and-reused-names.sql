-- Of which stretches archives were imported: 0 for all public repositories, else of that one alone. Stretches of one repository neither
-- overlap nor touch. A gap that is declared later is repaired from here.
CREATE TABLE archive (
    repository_id INTEGER NOT NULL,
    from_at INTEGER NOT NULL,
    to_at INTEGER NOT NULL,
    PRIMARY KEY (repository_id, from_at)
) WITHOUT ROWID;

-- Of the feed of a repository that lost its name to another: the feed that has the name now. It is watched as long as that one is.
ALTER TABLE feed ADD COLUMN origin_id INTEGER NULL;
CREATE INDEX feed_by_origin ON feed (origin_id) WHERE origin_id IS NOT NULL;
