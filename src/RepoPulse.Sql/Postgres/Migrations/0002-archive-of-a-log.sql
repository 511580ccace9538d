-- How far the events of a partitioned log have been copied into this one: the offset of the next, moved in the transaction that appends those before.
CREATE TABLE archived_partition (
    number BIGINT PRIMARY KEY,
    next_offset BIGINT NOT NULL
);
