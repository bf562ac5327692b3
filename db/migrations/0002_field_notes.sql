-- Notes that an office puts on single fields for itself (批注).

CREATE TABLE field_notes (
  uid TEXT NOT NULL,
  register TEXT NOT NULL,
  record_uid TEXT NOT NULL,
  field TEXT NOT NULL,
  text TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  search TEXT NOT NULL,
  PRIMARY KEY (uid)
)
 STRICT;

CREATE INDEX ix_field_notes_record_uid ON field_notes (record_uid);
