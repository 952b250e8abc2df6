-- What both SQLite and PostgreSQL know: ids as text, times as integer microseconds UTC, days as ISO text, flags as 0 and 1.
-- Only BLOB is BYTEA there.

CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    content TEXT NOT NULL
);

CREATE TABLE places (
    id TEXT NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL,
    content TEXT NOT NULL
);

CREATE TABLE terminals (
    code TEXT NOT NULL PRIMARY KEY,
    place TEXT NOT NULL REFERENCES places (id),
    role TEXT NOT NULL,
    secret_hash BLOB NOT NULL,
    added_at BIGINT NOT NULL
);

CREATE TABLE students (
    user_name TEXT NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    preferred_name TEXT,
    legal_name TEXT NOT NULL,
    student_number TEXT NOT NULL UNIQUE,
    birth_date TEXT,
    phone TEXT,
    registered BIGINT NOT NULL,
    fee_paid BIGINT NOT NULL,
    valid_to TEXT NOT NULL
);

CREATE TABLE staff (
    user_name TEXT NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    roles TEXT NOT NULL,
    closed BIGINT NOT NULL
);

CREATE TABLE passwords (
    user_name TEXT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL
);

-- Failed attempts to sign in, by a salted hash of what was typed or by terminal.
CREATE TABLE attempts (
    subject TEXT NOT NULL PRIMARY KEY,
    failures BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    locked_until BIGINT NOT NULL
);

CREATE TABLE sessions (
    token_hash BLOB NOT NULL PRIMARY KEY,
    user_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    terminal TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    ended BIGINT NOT NULL
);
CREATE INDEX sessions_created ON sessions (created_at);

CREATE TABLE photos (
    sha256 TEXT NOT NULL PRIMARY KEY,
    size BIGINT NOT NULL,
    received_at BIGINT NOT NULL
);

CREATE TABLE orders (
    id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    user_name TEXT NOT NULL,
    terminal TEXT NOT NULL,
    status TEXT NOT NULL,
    identity TEXT NOT NULL,
    reason TEXT NOT NULL,
    place TEXT NOT NULL,
    promised TEXT,
    submitted_at BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    consents TEXT NOT NULL,
    photo_sha256 TEXT NOT NULL,
    photo_verdict TEXT NOT NULL,
    photo_policy TEXT NOT NULL,
    photo_findings TEXT NOT NULL,
    photo_insisted BIGINT NOT NULL,
    payment TEXT NOT NULL,
    amount BIGINT NOT NULL,
    slip TEXT,
    card BIGINT,
    slot TEXT,
    handed_out_at BIGINT,
    refusal_rule TEXT,
    refusal_words TEXT,
    pin_delivered BIGINT NOT NULL,
    version BIGINT NOT NULL,
    content_hash BLOB NOT NULL,
    salt BLOB NOT NULL
);
CREATE INDEX orders_user ON orders (user_name);
CREATE INDEX orders_status ON orders (status, place, received_at);
CREATE INDEX orders_photo ON orders (photo_sha256);

-- A slip pays one order once.
CREATE UNIQUE INDEX orders_slip ON orders (slip) WHERE slip IS NOT NULL;

CREATE TABLE moves (
    id TEXT NOT NULL PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    content_hash BLOB NOT NULL,
    at BIGINT NOT NULL
);

-- PINs sealed to the access system, until they are delivered.
CREATE TABLE sealed_pins (
    order_id TEXT NOT NULL PRIMARY KEY REFERENCES orders (id),
    sealed BLOB NOT NULL,
    key_fingerprint TEXT NOT NULL
);

CREATE TABLE cards (
    number BIGINT NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL,
    status TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    produced_at BIGINT
);
CREATE INDEX cards_owner ON cards (owner);

CREATE TABLE batches (
    id TEXT NOT NULL PRIMARY KEY,
    content_hash BLOB NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL
);

CREATE TABLE batch_items (
    batch TEXT NOT NULL REFERENCES batches (id),
    page BIGINT NOT NULL,
    order_id TEXT NOT NULL REFERENCES orders (id),
    card BIGINT NOT NULL UNIQUE,
    dead BIGINT NOT NULL,
    PRIMARY KEY (batch, page)
);
CREATE INDEX batch_items_order ON batch_items (order_id);

-- What is to be told to the access system, oldest first.
CREATE TABLE deliveries (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    user_name TEXT NOT NULL,
    card BIGINT,
    order_id TEXT,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    next_at BIGINT NOT NULL
);
CREATE INDEX deliveries_due ON deliveries (state, next_at);

-- What search finds: orders (kind o) and students (kind p), by their words in search_words.
CREATE TABLE search_subjects (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    words TEXT NOT NULL,
    UNIQUE (kind, subject)
);

-- SQLite's own full-text index. The one table that PostgreSQL has in another form (a tsvector with the same words).
CREATE VIRTUAL TABLE search_words USING fts5 (
    words,
    content = '',
    contentless_delete = 1,
    detail = none,
    prefix = '1 2 3',
    tokenize = "unicode61 remove_diacritics 0 tokenchars '_'"
);

-- The hash-chained record. Append-only.
CREATE TABLE record (
    sequence BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    terminal_at BIGINT,
    actor TEXT NOT NULL,
    place TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    action TEXT NOT NULL,
    details TEXT NOT NULL,
    link BLOB NOT NULL
);
CREATE INDEX record_subject ON record (subject, subject_id);
