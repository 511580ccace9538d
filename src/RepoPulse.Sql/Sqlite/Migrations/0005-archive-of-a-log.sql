-- How far the events of a partitioned log have been copied into this one: the offset of the next, moved in the transaction that appends those before.
CREATE TABLE archived_partition (
    number INTEGER PRIMARY KEY,
    next_offset INTEGER NOT NULL
);
