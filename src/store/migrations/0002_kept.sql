-- What was sent stays sealed for a while, to be handed in again to a server that was restored from a backup: an order whose
-- place stands here. A row of its own: to change the order's would write its photo once more.
CREATE TABLE sent (
    place INTEGER PRIMARY KEY,
    at    INTEGER NOT NULL
) STRICT;

CREATE INDEX sent_at ON sent (at, place);

-- Photos whose sending was cut off: from then on they go in pieces.
CREATE TABLE cut_photo (
    sha256 BLOB PRIMARY KEY NOT NULL
) STRICT, WITHOUT ROWID;

-- Why orders were set aside for a person, and when that person let them go again. Nothing personal.
CREATE TABLE refusal (
    n           INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT NOT NULL,
    at          INTEGER NOT NULL,
    reason      TEXT NOT NULL,
    words       TEXT NOT NULL,
    released_at INTEGER
) STRICT;

CREATE INDEX refusal_of ON refusal (id, n);

INSERT INTO refusal (id, at, reason, words)
SELECT id, COALESCE(settled_at, accepted_at), COALESCE(reason, ''), COALESCE(reason_words, '')
FROM outbox WHERE state = 'needs_person' ORDER BY place;
