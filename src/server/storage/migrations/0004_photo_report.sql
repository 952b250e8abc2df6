-- The check report of the photo as its terminal signed it, and the public half of the key that it was verified with. None for
-- photos that came without one.
ALTER TABLE orders ADD COLUMN photo_report TEXT;
ALTER TABLE orders ADD COLUMN photo_report_signature TEXT;
ALTER TABLE orders ADD COLUMN photo_report_key TEXT;
