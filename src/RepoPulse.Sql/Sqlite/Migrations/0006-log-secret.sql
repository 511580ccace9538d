-- What ids of places in the log are made unreadable with: docs/decisions/0010.
CREATE TABLE log_secret (
    value BLOB NOT NULL
);
INSERT INTO log_secret (value) VALUES (randomblob(32));
