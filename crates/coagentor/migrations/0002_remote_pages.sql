-- What the site was last seen to show. Derived: a sweep of the space brings it back.

CREATE TABLE remote_page (
    site_id TEXT NOT NULL,
    id TEXT NOT NULL,                       -- Confluence's id
    space_id TEXT NOT NULL,
    title TEXT NOT NULL,
    version INTEGER NOT NULL,
    parent_id TEXT NOT NULL,                -- empty at the top of a space
    modified_at INTEGER NOT NULL,           -- Unix milliseconds; 0 unknown
    url TEXT NOT NULL,
    PRIMARY KEY (site_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX remote_page_of_space ON remote_page (site_id, space_id);

ALTER TABLE space ADD COLUMN swept_at INTEGER NOT NULL DEFAULT 0;      -- Unix seconds of the last complete listing; 0 never
ALTER TABLE space ADD COLUMN newest INTEGER NOT NULL DEFAULT 0;        -- Unix milliseconds: every version up to then is known
ALTER TABLE space ADD COLUMN missing_runs INTEGER NOT NULL DEFAULT 0;  -- runs in a row that found no such space

ALTER TABLE sync_run ADD COLUMN left_out INTEGER NOT NULL DEFAULT 0;   -- pages that did not fit the plan; the newest run names them
ALTER TABLE sync_run ADD COLUMN error TEXT NOT NULL DEFAULT '';        -- code of the error that ended it; empty where none did
ALTER TABLE sync_run ADD COLUMN retry_at INTEGER NOT NULL DEFAULT 0;   -- Unix seconds before which Atlassian wants no request; 0 none
