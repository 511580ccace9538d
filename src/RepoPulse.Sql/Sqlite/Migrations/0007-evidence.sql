-- When the feed was last read without conditions: apart from the rest of the cursor, because the catalog reports it.
ALTER TABLE feed ADD COLUMN confirmed_at INTEGER NULL;

-- Repositories whose events last said that they are private, and when: no public feed shows them.
CREATE TABLE private_repository (
    repository_id INTEGER NOT NULL PRIMARY KEY,
    seen_at INTEGER NOT NULL
) WITHOUT ROWID;

-- What the held events of a repository say of each other: links are neighbouring pushes of a ref that fit, broken those that do not though
-- their time is up; expected is the span of the numbers opened, held how many of them.
CREATE TABLE evidence (
    repository_id INTEGER NOT NULL PRIMARY KEY,
    links INTEGER NOT NULL,
    broken INTEGER NOT NULL,
    expected INTEGER NOT NULL,
    held INTEGER NOT NULL
) WITHOUT ROWID;

-- Where an event is missing by that evidence. Laid over the coverage of whichever feed speaks for the repository.
CREATE TABLE evidence_gap (
    repository_id INTEGER NOT NULL,
    from_at INTEGER NOT NULL,
    to_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (repository_id, from_at, to_at, reason)
) WITHOUT ROWID;

-- What part of what happened an archive can hold at most, by its own chains of pushes.
ALTER TABLE archive ADD COLUMN captured_at_most REAL NULL;
ALTER TABLE coverage ADD COLUMN captured_at_most REAL NULL;
