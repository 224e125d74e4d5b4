-- Folders and single files that the user added as a data source.

CREATE TABLE file_source (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL UNIQUE,              -- absolute
    is_missing INTEGER NOT NULL DEFAULT 0,  -- 1 where the last scan did not find it; its texts are kept
    scanned_at INTEGER NOT NULL DEFAULT 0   -- Unix seconds; 0 never
) STRICT;
