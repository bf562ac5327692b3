-- What has ended is found in the index alone: it is passed over at every letter that is searched. Rows are found by the names
-- of those to whom they refer: who refers to whom.

DROP INDEX ix_disaster_officers_retired_on;

CREATE INDEX ix_disaster_officers_retired_on_uid ON disaster_officers (retired_on, uid);

DROP INDEX ix_duties_retired_on;

CREATE INDEX ix_duties_retired_on_uid ON duties (retired_on, uid);

DROP INDEX ix_facilities_retired_on;

CREATE INDEX ix_facilities_retired_on_uid ON facilities (retired_on, uid);

DROP INDEX ix_inspections_retired_on;

CREATE INDEX ix_inspections_retired_on_uid ON inspections (retired_on, uid);

DROP INDEX ix_legal_helpers_retired_on;

CREATE INDEX ix_legal_helpers_retired_on_uid ON legal_helpers (retired_on, uid);

DROP INDEX ix_persons_retired_on;

CREATE INDEX ix_persons_retired_on_uid ON persons (retired_on, uid);

CREATE INDEX ix_facilities_parent ON facilities (parent);

CREATE INDEX ix_facilities_shelter ON facilities (shelter);

CREATE INDEX ix_inspections_repair_person ON inspections (repair_person);
