-- Everything a book of release 0.1.0 holds. Frozen: never edit, add a new numbered file instead.

CREATE TABLE activities (
  uid TEXT NOT NULL,
  retired_on TEXT NOT NULL,
  retired_reason TEXT NOT NULL,
  remark TEXT NOT NULL,
  from_on TEXT NOT NULL,
  to_on TEXT NOT NULL,
  theme TEXT NOT NULL,
  kind TEXT,
  organiser TEXT NOT NULL,
  place TEXT NOT NULL,
  people_count INTEGER,
  summary TEXT NOT NULL,
  proofs TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  search TEXT NOT NULL,
  PRIMARY KEY (uid)
)
 STRICT;

CREATE TABLE attachments (
  uid TEXT NOT NULL,
  retired_on TEXT NOT NULL,
  retired_reason TEXT NOT NULL,
  remark TEXT NOT NULL,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  taken_on TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  search TEXT NOT NULL,
  PRIMARY KEY (uid)
)
 STRICT;

CREATE TABLE blob (
  sha256 TEXT NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (sha256)
)
 STRICT;

CREATE TABLE certificates (
  uid TEXT NOT NULL,
  serial TEXT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  purpose TEXT NOT NULL,
  installation INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,
  status TEXT NOT NULL,
  issued_at TEXT NOT NULL,
  not_after TEXT NOT NULL,
  revoked_at TEXT NOT NULL,
  reason TEXT NOT NULL,
  pem TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  search TEXT NOT NULL,
  PRIMARY KEY (uid)
)
 STRICT;

CREATE TABLE correction_points (
  uid TEXT NOT NULL,
  verdict TEXT NOT NULL,
  register TEXT NOT NULL,
  record TEXT NOT NULL,
  record_title TEXT NOT NULL,
  row_no INTEGER NOT NULL,
  field TEXT NOT NULL,
  label TEXT NOT NULL,
  reason TEXT NOT NULL,
  answer TEXT NOT NULL,
  is_done INTEGER NOT NULL,
  row_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  search TEXT NOT NULL,
  PRIMARY KEY (uid)
)
 STRICT;

CREATE TABLE disaster_officers (
  uid TEXT NOT NULL,
  retired_on TEXT NOT NULL,
  retired_reason TEXT NOT NULL,
  remark TEXT NOT NULL,
  person TEXT NOT NULL,
  tier TEXT,
  post TEXT,
  engagement TEXT,
  started_on TEXT NOT NULL,
  ended_on TEXT NOT NULL,
  ended_reason TEXT NOT NULL,
  lives_here INTEGER,
  phone_on_24h INTEGER,
  duty_phone TEXT NOT NULL,
  in_national_system INTEGER,
  entered_on TEXT NOT NULL,
  trained_on TEXT NOT NULL,
  certificate_grade TEXT,
  certificate_no TEXT NOT NULL,
  equipment TEXT NOT NULL,
  confirmed_on TEXT,
  row_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  search TEXT NOT NULL,
  PRIMARY KEY (uid)
)
 STRICT;

CREATE TABLE duties (
  uid TEXT NOT NULL,
  retired_on TEXT NOT NULL,
  retired_reason TEXT NOT NULL,
  remark TEXT NOT NULL,
  item_no TEXT NOT NULL,
  year INTEGER,
  kind TEXT,
  subject TEXT NOT NULL,
  location TEXT NOT NULL,
  quantity INTEGER,
  unit TEXT,
  built_year INTEGER,
  handed_over_on TEXT NOT NULL,
  owner TEXT NOT NULL,
  owner_code TEXT NOT NULL,
  operator TEXT NOT NULL,
  manager TEXT NOT NULL,
  keeper TEXT NOT NULL,
  keeper_kind TEXT,
  keeper_person TEXT NOT NULL,
  keeper_phone TEXT NOT NULL,
  mode TEXT,
  content TEXT NOT NULL,
  standard TEXT NOT NULL,
  frequency TEXT NOT NULL,
  funding TEXT NOT NULL,
  funding_amount INTEGER,
  contract_no TEXT NOT NULL,
  contract_from TEXT,
  contract_to TEXT,
  contract_amount INTEGER,
  overseer TEXT NOT NULL,
  hotline TEXT NOT NULL,
  term_from TEXT,
  term_to TEXT,
  assessment TEXT,
  assessed_on TEXT,
  run_state TEXT,
  change TEXT,
  change_reason TEXT NOT NULL,
  confirmed INTEGER,
  confirmed_on TEXT,
  confirmed_by TEXT NOT NULL,
  noticed_on TEXT,
  notice_way TEXT,
  notice_photo TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  search TEXT NOT NULL,
  PRIMARY KEY (uid)
)
 STRICT;

CREATE TABLE duty_lists (
  uid TEXT NOT NULL,
  year INTEGER,
  version INTEGER,
  state TEXT,
  notice_from TEXT,
  notice_to TEXT,
  meeting_on TEXT,
  reviewed_by TEXT NOT NULL,
  remark TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  search TEXT NOT NULL,
  PRIMARY KEY (uid)
)
 STRICT;

CREATE TABLE explanations (
  uid TEXT NOT NULL,
  register TEXT NOT NULL,
  record TEXT NOT NULL,
  field TEXT NOT NULL,
  code TEXT NOT NULL,
  text TEXT NOT NULL,
  "by" TEXT NOT NULL,
  at TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  search TEXT NOT NULL,
  PRIMARY KEY (uid)
)
 STRICT;

CREATE TABLE facilities (
  uid TEXT NOT NULL,
  retired_on TEXT NOT NULL,
  retired_reason TEXT NOT NULL,
  remark TEXT NOT NULL,
  facility_no TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT,
  parent TEXT NOT NULL,
  location TEXT NOT NULL,
  lng INTEGER,
  lat INTEGER,
  floor_area INTEGER,
  activity_area INTEGER,
  outdoor_area INTEGER,
  built_year INTEGER,
  in_use_on TEXT NOT NULL,
  ended_on TEXT NOT NULL,
  condition TEXT,
  build_nature TEXT,
  owner TEXT NOT NULL,
  owner_code TEXT NOT NULL,
  operator TEXT NOT NULL,
  manager TEXT NOT NULL,
  fund_grant INTEGER,
  fund_own INTEGER,
  fund_donated INTEGER,
  fund_other INTEGER,
  hours TEXT NOT NULL,
  self_service_24h INTEGER,
  online_24h INTEGER,
  has_sign INTEGER,
  sign_checked_on TEXT,
  sign_photo TEXT NOT NULL,
  is_accessible INTEGER,
  has_emergency_use INTEGER,
  shows_12348 INTEGER,
  shows_12348_on TEXT,
  police_effective INTEGER,
  police_effective_by TEXT NOT NULL,
  police_always_open INTEGER,
  police_shares_office INTEGER,
  police_count INTEGER,
  terminal_no TEXT NOT NULL,
  terminal_model TEXT NOT NULL,
  terminal_online INTEGER,
  seats INTEGER,
  meets_standard INTEGER,
  takes_insurance INTEGER,
  staff_count INTEGER,
  contact TEXT NOT NULL,
  contact_phone TEXT NOT NULL,
  serves TEXT NOT NULL,
  radius INTEGER,
  in_15_minutes INTEGER,
  shelter TEXT NOT NULL,
  duties TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  search TEXT NOT NULL,
  PRIMARY KEY (uid)
)
 STRICT;

CREATE TABLE history_entry (
  id INTEGER NOT NULL,
  step INTEGER NOT NULL,
  "key" TEXT NOT NULL,
  uid TEXT NOT NULL,
  "before" TEXT,
  "after" TEXT,
  PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE history_step (
  number INTEGER NOT NULL,
  label TEXT NOT NULL,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  "by" TEXT NOT NULL,
  target INTEGER NOT NULL,
  keys TEXT NOT NULL,
  entry_count INTEGER NOT NULL,
  entries_sha256 TEXT NOT NULL,
  prev TEXT NOT NULL,
  h TEXT NOT NULL,
  PRIMARY KEY (number)
)
 STRICT;

CREATE TABLE import_batches (
  uid TEXT NOT NULL,
  register TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_sha256 TEXT NOT NULL,
  sheet TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  imported_at TEXT NOT NULL,
  step INTEGER NOT NULL,
  counts TEXT NOT NULL,
  undone_at TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  search TEXT NOT NULL,
  PRIMARY KEY (uid)
)
 STRICT;

CREATE TABLE inspections (
  uid TEXT NOT NULL,
  retired_on TEXT NOT NULL,
  retired_reason TEXT NOT NULL,
  remark TEXT NOT NULL,
  duty TEXT NOT NULL,
  at TEXT NOT NULL,
  inspector TEXT NOT NULL,
  kind TEXT,
  is_normal INTEGER,
  finding TEXT NOT NULL,
  impact TEXT,
  photos TEXT NOT NULL,
  repair_person TEXT NOT NULL,
  due_on TEXT,
  state TEXT,
  done_on TEXT,
  cost INTEGER,
  cost_source TEXT,
  rechecked_by TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  search TEXT NOT NULL,
  PRIMARY KEY (uid)
)
 STRICT;

CREATE TABLE legal_helpers (
  uid TEXT NOT NULL,
  retired_on TEXT NOT NULL,
  retired_reason TEXT NOT NULL,
  remark TEXT NOT NULL,
  person TEXT NOT NULL,
  sources TEXT NOT NULL,
  route TEXT,
  by_womens_federation INTEGER,
  initial_training_on TEXT NOT NULL,
  initial_training_hours INTEGER,
  initial_training_result TEXT NOT NULL,
  certificate_no TEXT NOT NULL,
  certificate_by TEXT NOT NULL,
  certificate_on TEXT NOT NULL,
  has_badge INTEGER,
  filed_on TEXT NOT NULL,
  noticed_on TEXT NOT NULL,
  assessments TEXT NOT NULL,
  status TEXT,
  left_on TEXT NOT NULL,
  left_reason TEXT,
  services TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  search TEXT NOT NULL,
  PRIMARY KEY (uid)
)
 STRICT;

CREATE TABLE mappings (
  uid TEXT NOT NULL,
  register TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  mapping TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  search TEXT NOT NULL,
  PRIMARY KEY (uid)
)
 STRICT;

CREATE TABLE nil_answers (
  uid TEXT NOT NULL,
  period TEXT NOT NULL,
  form TEXT NOT NULL,
  is_nil INTEGER NOT NULL,
  answered_by TEXT NOT NULL,
  answered_at TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  search TEXT NOT NULL,
  PRIMARY KEY (uid)
)
 STRICT;

CREATE TABLE office (
  uid TEXT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT,
  urban_rural TEXT,
  district TEXT NOT NULL,
  township TEXT NOT NULL,
  credit_code TEXT NOT NULL,
  address TEXT NOT NULL,
  lng INTEGER,
  lat INTEGER,
  households INTEGER,
  residents INTEGER,
  registered INTEGER,
  aged_0_14 INTEGER,
  aged_65_up INTEGER,
  disabled INTEGER,
  natural_village_count INTEGER,
  group_count INTEGER,
  urban_villages TEXT NOT NULL,
  grids TEXT NOT NULL,
  community_worker_count INTEGER,
  volunteer_count INTEGER,
  has_health_committee INTEGER,
  health_committee_on TEXT,
  has_property_committee INTEGER,
  property_committee_on TEXT,
  police_count INTEGER,
  auxiliary_count INTEGER,
  police_assistant_count INTEGER,
  police_in_leadership INTEGER,
  compound_count INTEGER,
  smart_compound_count INTEGER,
  secretary TEXT NOT NULL,
  director TEXT NOT NULL,
  phone TEXT NOT NULL,
  honours TEXT NOT NULL,
  prepared_by TEXT NOT NULL,
  reviewed_by TEXT NOT NULL,
  signed_off_by TEXT NOT NULL,
  remark TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  search TEXT NOT NULL,
  PRIMARY KEY (uid)
)
 STRICT;

CREATE TABLE parked_rows (
  uid TEXT NOT NULL,
  batch TEXT NOT NULL,
  register TEXT NOT NULL,
  sheet TEXT NOT NULL,
  row_no INTEGER NOT NULL,
  raw TEXT NOT NULL,
  problems TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  search TEXT NOT NULL,
  PRIMARY KEY (uid)
)
 STRICT;

CREATE TABLE persons (
  uid TEXT NOT NULL,
  retired_on TEXT NOT NULL,
  retired_reason TEXT NOT NULL,
  remark TEXT NOT NULL,
  name TEXT NOT NULL,
  document_kind TEXT,
  id_no TEXT NOT NULL,
  sex TEXT,
  born_on TEXT NOT NULL,
  ethnic TEXT,
  political TEXT,
  education TEXT,
  post TEXT NOT NULL,
  mobile TEXT NOT NULL,
  other_phone TEXT NOT NULL,
  address TEXT NOT NULL,
  photo TEXT NOT NULL,
  agreed_to_notice INTEGER,
  informed_on TEXT,
  left_on TEXT NOT NULL,
  left_reason TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  search TEXT NOT NULL,
  PRIMARY KEY (uid)
)
 STRICT;

CREATE TABLE received_files (
  uid TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  received_at TEXT NOT NULL,
  verdict TEXT NOT NULL,
  code TEXT NOT NULL,
  text TEXT NOT NULL,
  to_do TEXT NOT NULL,
  kind TEXT NOT NULL,
  office_code TEXT NOT NULL,
  period TEXT NOT NULL,
  payload_sha256 TEXT NOT NULL,
  quarantined INTEGER NOT NULL,
  row_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  search TEXT NOT NULL,
  PRIMARY KEY (uid)
)
 STRICT;

CREATE TABLE received_row (
  id INTEGER NOT NULL,
  submission TEXT NOT NULL,
  office_code TEXT NOT NULL,
  register TEXT NOT NULL,
  uid TEXT NOT NULL,
  "row" TEXT NOT NULL,
  PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE roster (
  uid TEXT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  office_kind TEXT NOT NULL,
  township_code TEXT NOT NULL,
  township TEXT NOT NULL,
  valid_from TEXT,
  valid_to TEXT,
  contact TEXT NOT NULL,
  phone TEXT NOT NULL,
  former_codes TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  search TEXT NOT NULL,
  PRIMARY KEY (uid)
)
 STRICT;

CREATE TABLE settings (
  uid TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT,
  row_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  search TEXT NOT NULL,
  PRIMARY KEY (uid)
)
 STRICT;

CREATE TABLE shelters (
  uid TEXT NOT NULL,
  retired_on TEXT NOT NULL,
  retired_reason TEXT NOT NULL,
  remark TEXT NOT NULL,
  shelter_no TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT,
  grade TEXT,
  legacy_class TEXT,
  facility TEXT NOT NULL,
  space TEXT,
  hazards TEXT NOT NULL,
  location TEXT NOT NULL,
  lng INTEGER,
  lat INTEGER,
  total_area INTEGER,
  effective_area INTEGER,
  capacity INTEGER,
  host TEXT NOT NULL,
  duty_person TEXT NOT NULL,
  duty_phone TEXT NOT NULL,
  deputy_person TEXT NOT NULL,
  supplies TEXT NOT NULL,
  rooms TEXT NOT NULL,
  has_wall_sign INTEGER,
  has_route_sign INTEGER,
  signs_checked_on TEXT,
  has_plan INTEGER,
  drilled_on TEXT NOT NULL,
  checked_on TEXT NOT NULL,
  check_result TEXT,
  openings TEXT NOT NULL,
  status TEXT,
  row_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  search TEXT NOT NULL,
  PRIMARY KEY (uid)
)
 STRICT;

CREATE TABLE submissions (
  uid TEXT NOT NULL,
  direction TEXT NOT NULL,
  office_code TEXT NOT NULL,
  office_name TEXT NOT NULL,
  office_kind TEXT NOT NULL,
  period TEXT NOT NULL,
  version INTEGER NOT NULL,
  replaces TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  previous_sha256 TEXT NOT NULL,
  payload_sha256 TEXT NOT NULL,
  short_code TEXT NOT NULL,
  schema_version INTEGER NOT NULL,
  state TEXT NOT NULL,
  is_effective INTEGER NOT NULL,
  in_conflict INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  row_counts TEXT NOT NULL,
  nil TEXT NOT NULL,
  prepared_by TEXT NOT NULL,
  signed_off_by TEXT NOT NULL,
  sealed_at TEXT NOT NULL,
  received_at TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  receipt_no TEXT NOT NULL,
  verdict TEXT NOT NULL,
  verdict_code TEXT NOT NULL,
  facts TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_sha256 TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  search TEXT NOT NULL,
  PRIMARY KEY (uid)
)
 STRICT;

CREATE TABLE tasks (
  uid TEXT NOT NULL,
  direction TEXT NOT NULL,
  period TEXT NOT NULL,
  due_on TEXT,
  forms TEXT NOT NULL,
  indicator_set TEXT NOT NULL,
  task_no TEXT NOT NULL,
  issued_at TEXT NOT NULL,
  issuer_code TEXT NOT NULL,
  issuer_name TEXT NOT NULL,
  office_codes TEXT NOT NULL,
  payload_sha256 TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  search TEXT NOT NULL,
  PRIMARY KEY (uid)
)
 STRICT;

CREATE TABLE trainings (
  uid TEXT NOT NULL,
  retired_on TEXT NOT NULL,
  retired_reason TEXT NOT NULL,
  remark TEXT NOT NULL,
  from_on TEXT NOT NULL,
  to_on TEXT NOT NULL,
  theme TEXT NOT NULL,
  kind TEXT,
  organiser TEXT NOT NULL,
  form TEXT,
  hours INTEGER,
  place TEXT NOT NULL,
  people_count INTEGER,
  attendees TEXT NOT NULL,
  proofs TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  search TEXT NOT NULL,
  PRIMARY KEY (uid)
)
 STRICT;

CREATE TABLE upkeep (
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (name)
)
 STRICT;

CREATE TABLE verdicts (
  uid TEXT NOT NULL,
  direction TEXT NOT NULL,
  number TEXT NOT NULL,
  accepted INTEGER NOT NULL,
  submission_sha256 TEXT NOT NULL,
  office_code TEXT NOT NULL,
  period TEXT NOT NULL,
  version INTEGER NOT NULL,
  given_at TEXT NOT NULL,
  given_by TEXT NOT NULL,
  note TEXT NOT NULL,
  payload_sha256 TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  search TEXT NOT NULL,
  PRIMARY KEY (uid)
)
 STRICT;

CREATE INDEX ix_attachments_sha256 ON attachments (sha256);

CREATE INDEX ix_certificates_code ON certificates (code);

CREATE INDEX ix_certificates_fingerprint ON certificates (fingerprint);

CREATE INDEX ix_correction_points_verdict ON correction_points (verdict);

CREATE INDEX ix_disaster_officers_person ON disaster_officers (person);

CREATE INDEX ix_explanations_record ON explanations (record);

CREATE INDEX ix_history_entry_record ON history_entry ("key", uid, step);

CREATE INDEX ix_history_entry_step ON history_entry (step);

CREATE INDEX ix_history_step_target ON history_step (target);

CREATE INDEX ix_inspections_duty ON inspections (duty);

CREATE INDEX ix_legal_helpers_person ON legal_helpers (person);

CREATE INDEX ix_mappings_fingerprint ON mappings (fingerprint);

CREATE INDEX ix_nil_answers_period ON nil_answers (period);

CREATE INDEX ix_parked_rows_batch ON parked_rows (batch);

CREATE INDEX ix_received_files_file_sha256 ON received_files (file_sha256);

CREATE INDEX ix_received_files_period ON received_files (period);

CREATE INDEX ix_received_row_submission ON received_row (submission, register);

CREATE INDEX ix_roster_code ON roster (code);

CREATE INDEX ix_settings_name ON settings (name);

CREATE INDEX ix_submissions_office_code_period ON submissions (office_code, period);

CREATE INDEX ix_submissions_payload_sha256 ON submissions (payload_sha256);

CREATE INDEX ix_verdicts_submission_sha256 ON verdicts (submission_sha256);

CREATE TRIGGER history_step_update BEFORE UPDATE ON history_step BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TRIGGER history_step_delete BEFORE DELETE ON history_step BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TRIGGER history_entry_insert BEFORE INSERT ON history_entry WHEN EXISTS (SELECT 1 FROM history_step WHERE number = NEW.step) BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TRIGGER history_entry_update BEFORE UPDATE ON history_entry WHEN EXISTS (SELECT 1 FROM history_step WHERE number = OLD.step) BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TRIGGER history_entry_delete BEFORE DELETE ON history_entry WHEN EXISTS (SELECT 1 FROM history_step WHERE number = OLD.step) BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
