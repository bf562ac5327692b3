-- What a person decided about a row that waits for another reason: what it means, and which of several a name in it means.

ALTER TABLE parked_rows ADD COLUMN decided TEXT NOT NULL DEFAULT '[]';
