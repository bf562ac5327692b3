-- Whoever has the same identity number is found while one types, in a large register too.

CREATE INDEX ix_persons_id_no ON persons (id_no);
