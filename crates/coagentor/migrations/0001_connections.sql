-- What the user made: connections, selection, settings, and what each sync run came to. Never repurpose a column.

CREATE TABLE site (
    id TEXT NOT NULL PRIMARY KEY,           -- Atlassian's cloud id, or a fixed word for the sample workspace
    name TEXT NOT NULL,
    url TEXT NOT NULL                       -- address of the site in a browser, without a path
) STRICT;

CREATE TABLE connection (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    site_id TEXT NOT NULL REFERENCES site (id),
    kind TEXT NOT NULL,                     -- oauth, api_token, sample
    state TEXT NOT NULL,                    -- connected, reconnect_needed, disconnected
    account TEXT NOT NULL DEFAULT '',       -- e-mail address of an API token; empty where the scopes do not tell
    connected_at INTEGER NOT NULL           -- Unix seconds
) STRICT;

CREATE TABLE space (
    site_id TEXT NOT NULL REFERENCES site (id),
    id TEXT NOT NULL,                       -- Confluence's id
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    selected INTEGER NOT NULL DEFAULT 0,
    listed INTEGER NOT NULL DEFAULT 1,      -- 0 where the last list of spaces no longer named it
    pages INTEGER NOT NULL DEFAULT -1,      -- current pages at the last complete listing; -1 never listed
    last_synced_at INTEGER NOT NULL DEFAULT 0, -- Unix seconds; 0 never
    PRIMARY KEY (site_id, id)
) STRICT;

CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE sync_run (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    site_id TEXT NOT NULL REFERENCES site (id),
    status TEXT NOT NULL,                   -- running, complete, partial, failed, cancelled
    started_at INTEGER NOT NULL,            -- Unix seconds
    ended_at INTEGER NOT NULL DEFAULT 0,    -- 0 while it runs, or where the process died
    added INTEGER NOT NULL DEFAULT 0,
    updated INTEGER NOT NULL DEFAULT 0,
    moved INTEGER NOT NULL DEFAULT 0,
    removed INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    expected INTEGER NOT NULL DEFAULT 0,
    stored INTEGER NOT NULL DEFAULT 0,
    requests INTEGER NOT NULL DEFAULT 0,
    points INTEGER NOT NULL DEFAULT 0,
    message TEXT NOT NULL DEFAULT '',       -- why it is not complete, for a person
    hint TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE sync_exception (
    run_id INTEGER NOT NULL REFERENCES sync_run (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,                     -- failed, over_limit
    page_id TEXT NOT NULL,
    title TEXT NOT NULL,
    space_key TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (run_id, kind, page_id)
) STRICT;
