-- Contexts group sources, agents are assigned contexts, meetings are served by agents.

CREATE TABLE context (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    colour TEXT NOT NULL DEFAULT 'blue',
    for_all_agents INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE context_source (
    context_id INTEGER NOT NULL REFERENCES context (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,                     -- site, space, page_tree, folder, file
    site_id TEXT NOT NULL DEFAULT '',
    space_id TEXT NOT NULL DEFAULT '',
    page_id TEXT NOT NULL DEFAULT '',
    path TEXT NOT NULL DEFAULT '',          -- absolute, of a folder or file
    name TEXT NOT NULL DEFAULT '',          -- as it was last known, for a source that is gone
    PRIMARY KEY (context_id, kind, site_id, space_id, page_id, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE agent (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    instructions TEXT NOT NULL DEFAULT '',
    sensitivity INTEGER NOT NULL DEFAULT 50, -- 0 few cards, 100 many
    triggers TEXT NOT NULL DEFAULT '[]'      -- JSON array of {label, condition, isOn}
) STRICT;

CREATE TABLE agent_context (
    agent_id INTEGER NOT NULL REFERENCES agent (id) ON DELETE CASCADE,
    context_id INTEGER NOT NULL REFERENCES context (id) ON DELETE CASCADE,
    PRIMARY KEY (agent_id, context_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX agent_context_of_context ON agent_context (context_id);

CREATE TABLE meeting (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    agent_id INTEGER REFERENCES agent (id) ON DELETE SET NULL,
    agent TEXT NOT NULL,                    -- JSON: the agent as it was when the meeting began
    keep_transcript INTEGER NOT NULL DEFAULT 0,
    started_at INTEGER NOT NULL,            -- Unix seconds
    ended_at INTEGER NOT NULL DEFAULT 0,    -- 0 while it runs, or where the process died
    heard INTEGER NOT NULL DEFAULT 0,       -- segments in all
    mark TEXT NOT NULL DEFAULT 'null',      -- JSON: how far the knowledge base had come
    brief TEXT NOT NULL DEFAULT 'null'      -- JSON: what had changed since the meeting before
) STRICT;

CREATE INDEX meeting_of_agent ON meeting (agent_id, id);

CREATE TABLE meeting_segment (
    meeting_id INTEGER NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
    id INTEGER NOT NULL,                    -- in the order they began, from 1
    at REAL,                                -- seconds from the start of the talk
    speaker TEXT,
    text TEXT NOT NULL,
    PRIMARY KEY (meeting_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE meeting_card (
    meeting_id INTEGER NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
    id INTEGER NOT NULL,                    -- in the order they appeared, from 1
    card TEXT NOT NULL,                     -- JSON
    pinned INTEGER NOT NULL DEFAULT 0,
    dismissed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (meeting_id, id)
) STRICT, WITHOUT ROWID;

-- Folders between pages, as far as a sync had to ask for them: a subtree goes through them.
CREATE TABLE remote_folder (
    site_id TEXT NOT NULL,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    parent_id TEXT NOT NULL,                -- empty at the top of a space
    PRIMARY KEY (site_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX remote_folder_below ON remote_folder (site_id, parent_id);
CREATE INDEX remote_page_below ON remote_page (site_id, parent_id);
