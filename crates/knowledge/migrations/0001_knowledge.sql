-- Content of the knowledge base. Append-only: a change of the schema is a new file.
--
-- Every change of what can be searched takes the next number of `journal.change` inside its own transaction. Writers are
-- serialised, so the numbers commit in order, and an index that has seen number n is brought up to date by what is above n.

CREATE TABLE journal (
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    -- Names this database, so that an index left behind by another one is not taken for this one's.
    store           TEXT    NOT NULL DEFAULT (lower(hex(randomblob(16)))),
    -- The last number given out.
    change          INTEGER NOT NULL DEFAULT 0,
    -- An index that stands below this number cannot be replayed (its removals are forgotten) and is rebuilt.
    replay_floor    INTEGER NOT NULL DEFAULT 0,
    -- The embedder that the vectors come from; empty while there are none.
    embedder        TEXT    NOT NULL DEFAULT '',
    -- When the embedder last changed: vectors read before it are void.
    embedder_change INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO journal (id) VALUES (1);

CREATE TABLE collections (
    -- Never reused: an index knows a collection by this number.
    id   INTEGER PRIMARY KEY AUTOINCREMENT,
    key  TEXT    NOT NULL UNIQUE,
    name TEXT    NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE documents (
    -- Never reused: an index knows a document by this number.
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    key           TEXT    NOT NULL UNIQUE,
    collection_id INTEGER NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
    title         TEXT    NOT NULL DEFAULT '',
    -- 0 while nothing but a failure is known of it.
    version       INTEGER NOT NULL DEFAULT 0,
    url           TEXT    NOT NULL DEFAULT '',
    -- JSON array of the titles above it, outermost first.
    path          TEXT    NOT NULL DEFAULT '[]',
    -- Milliseconds since 1970; NULL where the source does not say.
    modified_at   INTEGER,
    -- Milliseconds since 1970: when its content was last committed.
    synced_at     INTEGER NOT NULL DEFAULT 0,
    -- JSON array of {element, count}.
    losses        TEXT    NOT NULL DEFAULT '[]',
    -- JSON, the source's own.
    metadata      TEXT    NOT NULL DEFAULT 'null',
    -- Why it is kept out of retrieval; empty while it is available.
    unavailable   TEXT    NOT NULL DEFAULT '',
    -- Why its newest version could not be taken; empty when it could.
    failure       TEXT    NOT NULL DEFAULT '',
    -- How many chunks it has, and how many of them have a vector.
    chunks        INTEGER NOT NULL DEFAULT 0,
    embedded      INTEGER NOT NULL DEFAULT 0,
    state         TEXT    NOT NULL GENERATED ALWAYS AS (
        CASE
            WHEN unavailable <> '' THEN 'unavailable'
            WHEN failure <> '' THEN 'failed'
            WHEN embedded < chunks THEN 'pending'
            ELSE 'ready'
        END
    ) VIRTUAL
) STRICT;

CREATE INDEX documents_by_collection ON documents (collection_id, state, chunks, embedded);

CREATE TABLE sections (
    document_id  INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal      INTEGER NOT NULL,
    -- JSON array of headings, outermost first.
    heading_path TEXT    NOT NULL DEFAULT '[]',
    -- Fragment without `#`; NULL where the document cannot be opened at this section.
    anchor       TEXT,
    -- JSON array of {kind, text}.
    blocks       TEXT    NOT NULL DEFAULT '[]',
    PRIMARY KEY (document_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE chunks (
    -- Kept as long as the text stays the same, never reused.
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal     INTEGER NOT NULL,
    section     INTEGER NOT NULL,
    -- Half-open range of bytes in the page text.
    span_start  INTEGER NOT NULL,
    span_end    INTEGER NOT NULL,
    prefix      TEXT    NOT NULL DEFAULT '',
    text        TEXT    NOT NULL,
    -- First half of SHA-256 over what is embedded: a vector belongs to this, not to the place of the chunk.
    hash        BLOB    NOT NULL,
    -- Whether `vectors` has its vector.
    embedded    INTEGER NOT NULL DEFAULT 0 CHECK (embedded IN (0, 1)),
    -- Number of the last change of its text, its document's collection or its document's availability.
    change      INTEGER NOT NULL
) STRICT;

CREATE INDEX chunks_by_document ON chunks (document_id, ordinal);
CREATE INDEX chunks_by_change ON chunks (change);
-- The embedding queue: what survives a crash is simply what has no vector.
CREATE INDEX chunks_pending ON chunks (id) WHERE embedded = 0;

CREATE TABLE removed_chunks (
    chunk_id INTEGER PRIMARY KEY,
    change   INTEGER NOT NULL
) STRICT;

CREATE INDEX removed_chunks_by_change ON removed_chunks (change);

CREATE TABLE vectors (
    chunk_id INTEGER PRIMARY KEY REFERENCES chunks (id) ON DELETE CASCADE,
    -- Little-endian f32, unit length.
    vector   BLOB    NOT NULL,
    change   INTEGER NOT NULL
) STRICT;

CREATE INDEX vectors_by_change ON vectors (change);

CREATE TABLE checkpoints (
    name  TEXT PRIMARY KEY,
    -- JSON, the writer's own.
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
