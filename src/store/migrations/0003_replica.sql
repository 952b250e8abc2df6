-- What a counter copied from the server: open orders of its place, sealed and bound to their ids, and their small photos,
-- sealed and bound to their hashes. While everything is copied anew, what is not of the newest generation is still the old copy.
CREATE TABLE replica_order (
    id           TEXT PRIMARY KEY NOT NULL,
    generation   INTEGER NOT NULL,
    photo_sha256 BLOB NOT NULL,
    details      BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE replica_photo (
    sha256 BLOB PRIMARY KEY NOT NULL,
    jpeg   BLOB NOT NULL
) STRICT;

-- What was done here without the server, in turn; sealed and bound to its id. `covered`: the copy shows it by itself.
CREATE TABLE deed (
    place        INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT NOT NULL UNIQUE,
    state        TEXT NOT NULL CHECK (state IN ('waiting', 'told', 'needs_person')),
    covered      INTEGER NOT NULL DEFAULT 0,
    details      BLOB NOT NULL,
    settled_at   INTEGER,
    reason       TEXT,
    reason_words TEXT
) STRICT;
