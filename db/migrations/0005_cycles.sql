-- Further cycles in which an office looks at an item of its list, each for looks of one kind (另设的巡查周期).

CREATE TABLE cycles (
  uid TEXT NOT NULL,
  duty TEXT NOT NULL,
  kind TEXT,
  frequency TEXT NOT NULL,
  since TEXT,
  row_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  search TEXT NOT NULL,
  PRIMARY KEY (uid)
)
 STRICT;

CREATE INDEX ix_cycles_duty ON cycles (duty);
