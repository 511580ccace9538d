-- Deliveries of webhooks, for as long as GitHub may send them again.
CREATE TABLE webhook_delivery (
    id TEXT NOT NULL PRIMARY KEY,
    received_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX webhook_delivery_by_time ON webhook_delivery (received_at);

-- Every event that a webhook brought, and which row of the log stands for it: its own, or where superseded is 1 that of the same occurrence in
-- the polled form. Few beside the events, so that the log's own rows need not know of it.
CREATE TABLE webhook_event (
    repository_id INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    event_id INTEGER NOT NULL,
    natural_key INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    superseded INTEGER NOT NULL,
    PRIMARY KEY (repository_id, created_at, event_id)
) WITHOUT ROWID;
CREATE INDEX webhook_event_by_time ON webhook_event (created_at);
CREATE INDEX webhook_event_open ON webhook_event (created_at) WHERE superseded = 0;
CREATE INDEX webhook_event_superseded ON webhook_event (seq) WHERE superseded = 1;
