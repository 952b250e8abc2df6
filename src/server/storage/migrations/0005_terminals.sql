-- Terminals prove themselves with a key pair of their own. Those that were added before must be enrolled anew: they are
-- shown as added, without a key.
ALTER TABLE terminals DROP COLUMN secret_hash;
ALTER TABLE terminals ADD COLUMN status TEXT NOT NULL DEFAULT 'added';
-- The key that it signs with; keys that rotation has retired, newest first, with blanks between; until when calls may be
-- signed with the newest of those.
ALTER TABLE terminals ADD COLUMN public_key TEXT;
ALTER TABLE terminals ADD COLUMN former_keys TEXT NOT NULL DEFAULT '';
ALTER TABLE terminals ADD COLUMN former_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE terminals ADD COLUMN phone_key TEXT;
ALTER TABLE terminals ADD COLUMN new_key_wanted BIGINT NOT NULL DEFAULT 0;
ALTER TABLE terminals ADD COLUMN heard_at BIGINT;
-- What the terminal last said of itself, JSON, and how far its clock then was from ours, in microseconds.
ALTER TABLE terminals ADD COLUMN health TEXT;
ALTER TABLE terminals ADD COLUMN health_at BIGINT;
ALTER TABLE terminals ADD COLUMN clock_difference BIGINT;

-- Codes for enrolment, by their SHA-256; `used_by` is the public key that was handed in with one.
CREATE TABLE enrolment_codes (
    hash BLOB NOT NULL PRIMARY KEY,
    terminal TEXT NOT NULL REFERENCES terminals (code),
    expires_at BIGINT NOT NULL,
    used_by TEXT
);

-- The newest calls of each terminal that changed something.
CREATE TABLE terminal_calls (
    terminal TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (terminal, sequence)
) WITHOUT ROWID;
