-- Orders of this terminal, in the order in which they were accepted. `details` and `photo` are sealed and bound to the id;
-- they are gone once the server has the order, id and number stay.
CREATE TABLE outbox (
    place        INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT NOT NULL UNIQUE,
    number       TEXT NOT NULL UNIQUE,
    accepted_at  INTEGER NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'needs_person')),
    photo_sha256 BLOB NOT NULL,
    photo_sent   INTEGER NOT NULL DEFAULT 0,
    details      BLOB,
    photo        BLOB,
    settled_at   INTEGER,
    reason       TEXT,
    reason_words TEXT,
    CHECK (state = 'delivered' OR (details IS NOT NULL AND photo IS NOT NULL))
) STRICT;

CREATE INDEX outbox_open ON outbox (state, place) WHERE state <> 'delivered';

-- What the terminal remembers about itself. Values are sealed and bound to their name.
CREATE TABLE setting (
    name  TEXT PRIMARY KEY NOT NULL,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
