-- What ids of places in the log are made unreadable with: docs/decisions/0010. Of a UUID's 128 bits 122 are random.
CREATE TABLE log_secret (
    value BYTEA NOT NULL
);
INSERT INTO log_secret (value) VALUES (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));
