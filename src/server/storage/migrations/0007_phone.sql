-- Who has proven who they are on a phone, for which QR code of which terminal.
CREATE TABLE phone_proofs (
    terminal TEXT NOT NULL,
    nonce TEXT NOT NULL,
    user_name TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    PRIMARY KEY (terminal, nonce, user_name)
) WITHOUT ROWID;
CREATE INDEX phone_proofs_given_at ON phone_proofs (given_at);
