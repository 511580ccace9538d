-- When the feed was last read without conditions: apart from the rest of the cursor, because the catalog reports it.
ALTER TABLE feed ADD COLUMN confirmed_at BIGINT NULL;

-- Repositories whose events last said that they are private, and when: no public feed shows them.
CREATE TABLE private_repository (
    repository_id BIGINT NOT NULL PRIMARY KEY,
    seen_at BIGINT NOT NULL
);

-- What the held events of a repository say of each other: links are neighbouring pushes of a ref that fit, broken those that do not though
-- their time is up; expected is the span of the numbers opened, held how many of them.
CREATE TABLE evidence (
    repository_id BIGINT NOT NULL PRIMARY KEY,
    links BIGINT NOT NULL,
    broken BIGINT NOT NULL,
    expected BIGINT NOT NULL,
    held BIGINT NOT NULL
);

-- Where an event is missing by that evidence. Laid over the coverage of whichever feed speaks for the repository.
CREATE TABLE evidence_gap (
    repository_id BIGINT NOT NULL,
    from_at BIGINT NOT NULL,
    to_at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (repository_id, from_at, to_at, reason)
);

-- What part of what happened an archive can hold at most, by its own chains of pushes.
ALTER TABLE archive ADD COLUMN captured_at_most DOUBLE PRECISION NULL;
ALTER TABLE coverage ADD COLUMN captured_at_most DOUBLE PRECISION NULL;
