-- Codes from phones: which QR codes were shown, tried and used, wrong codes and the lock that follows. One sealed row.
CREATE TABLE phone (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    guard BLOB NOT NULL
);
