-- When and where to a sealed file was copied, and when it was printed (拷到U盘、已打印).

ALTER TABLE submissions ADD COLUMN sent_at TEXT NOT NULL DEFAULT '';
ALTER TABLE submissions ADD COLUMN sent_to TEXT NOT NULL DEFAULT '';
ALTER TABLE submissions ADD COLUMN printed_at TEXT NOT NULL DEFAULT '';
