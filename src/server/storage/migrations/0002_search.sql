-- An index of our own in place of SQLite's full-text one: short questions hit lists of ten thousand words, and reading the
-- first few of a list in order must not cost the whole list. Both databases know it; in PostgreSQL `mark` and `word` are
-- COLLATE "C", and WITHOUT ROWID is left out.

DROP TABLE search_words;

-- What it is and where, words with blanks between: `student`, `closed`, or `open` and `open@PLACE`.
ALTER TABLE search_subjects ADD COLUMN marks TEXT NOT NULL DEFAULT '';
UPDATE search_subjects SET marks = 'student' WHERE kind = 'p';
UPDATE search_subjects SET marks = (
    SELECT CASE WHEN o.status IN ('handed_out', 'cancelled') THEN 'closed' ELSE 'open open@' || o.place END
    FROM orders o WHERE o.id = search_subjects.subject
) WHERE kind = 'o';

CREATE TABLE search_words (
    mark TEXT NOT NULL,
    word TEXT NOT NULL,
    subject BIGINT NOT NULL,
    PRIMARY KEY (mark, word, subject)
) WITHOUT ROWID;

INSERT INTO search_words (mark, word, subject)
WITH RECURSIVE
    words (subject, word, rest) AS (
        SELECT id, '', words || ' ' FROM search_subjects
        UNION ALL
        SELECT subject, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1) FROM words WHERE rest <> ''
    ),
    marks (subject, mark, rest) AS (
        SELECT id, '', marks || ' ' FROM search_subjects
        UNION ALL
        SELECT subject, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1) FROM marks WHERE rest <> ''
    )
SELECT DISTINCT m.mark, w.word, w.subject FROM words w JOIN marks m ON m.subject = w.subject
WHERE w.word <> '' AND m.mark <> ''
ORDER BY m.mark, w.word, w.subject;
