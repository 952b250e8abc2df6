-- What counters did without the server, as each told it, and what became of it. The id is the counter's: the same again gets
-- the same answer. `done_at` is by the counter's clock and decides nothing.
CREATE TABLE deeds (
    id TEXT NOT NULL PRIMARY KEY,
    terminal TEXT NOT NULL,
    order_id TEXT,
    content TEXT NOT NULL,
    content_hash BLOB NOT NULL,
    done_at BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    -- the record's last entry when it was taken in: what came first, whatever any clock says
    sequence BIGINT NOT NULL,
    told TEXT NOT NULL,
    why TEXT
);
CREATE INDEX deeds_order ON deeds (order_id);

-- Deeds that do not fit what the server knew; open until a person has settled them.
CREATE TABLE conflicts (
    deed TEXT NOT NULL PRIMARY KEY REFERENCES deeds (id),
    place TEXT NOT NULL,
    settled_at BIGINT,
    settled_by TEXT,
    words TEXT
);
CREATE INDEX conflicts_open ON conflicts (place) WHERE settled_at IS NULL;

-- What a counter's copy is filled from.
CREATE INDEX orders_open ON orders (place, id) WHERE status NOT IN ('handed_out', 'cancelled');
CREATE INDEX cards_blocked ON cards (number) WHERE status = 'blocked';
