-- The language that the person chose at the kiosk: what they are told about the order is told in it.
ALTER TABLE orders ADD COLUMN language TEXT NOT NULL DEFAULT 'nb';
