-- What the people who write and are mentioned are called, so that each is asked for once.

CREATE TABLE person (
    account_id TEXT NOT NULL PRIMARY KEY,   -- Atlassian's id of the account
    name TEXT NOT NULL,                     -- empty where Confluence told none
    asked_at INTEGER NOT NULL               -- Unix seconds
) STRICT, WITHOUT ROWID;
