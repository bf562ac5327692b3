-- Large registers: counting what is not retired, the next running number, and who refers to a person.

CREATE INDEX ix_disaster_officers_retired_on ON disaster_officers (retired_on);

CREATE INDEX ix_duties_item_no ON duties (item_no);

CREATE INDEX ix_duties_keeper_person ON duties (keeper_person);

CREATE INDEX ix_duties_retired_on ON duties (retired_on);

CREATE INDEX ix_facilities_contact ON facilities (contact);

CREATE INDEX ix_facilities_facility_no ON facilities (facility_no);

CREATE INDEX ix_facilities_retired_on ON facilities (retired_on);

CREATE INDEX ix_inspections_retired_on ON inspections (retired_on);

CREATE INDEX ix_legal_helpers_retired_on ON legal_helpers (retired_on);

CREATE INDEX ix_persons_retired_on ON persons (retired_on);
