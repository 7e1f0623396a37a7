-- Who owes whom what, until when; and what can be called in because of it.

CREATE TABLE agreement (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE,
  org_id INTEGER NOT NULL REFERENCES org (id),
  title TEXT NOT NULL CHECK (trim(title) <> ''),
  name_sort TEXT NOT NULL,
  name_search TEXT NOT NULL,
  search TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL CHECK (kind IN ('beredskap', 'cooperation')),
  from_date TEXT CHECK (date(from_date, '+0 days') IS from_date),
  to_date TEXT CHECK (date(to_date, '+0 days') IS to_date),
  ended TEXT CHECK (date(ended, '+0 days') IS ended),
  end_reason TEXT,
  signed TEXT CHECK (date(signed, '+0 days') IS signed),
  reviewed TEXT CHECK (date(reviewed, '+0 days') IS reviewed),
  exercise_payer TEXT CHECK (exercise_payer IN ('association', 'municipality', 'rescue_service', 'other')),
  event_payer TEXT CHECK (event_payer IN ('association', 'municipality', 'rescue_service', 'other')),
  case_number TEXT,
  caller TEXT,
  municipality_contact TEXT,
  response_time TEXT,
  insurance TEXT,
  notes TEXT,
  created TEXT NOT NULL,
  updated TEXT NOT NULL,
  CHECK (to_date IS NULL OR from_date IS NULL OR to_date >= from_date)
) STRICT;
CREATE INDEX agreement_by_org ON agreement (org_id);

CREATE TABLE agreement_party (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  agreement_id INTEGER NOT NULL REFERENCES agreement (id),
  org_id INTEGER REFERENCES org (id),
  name TEXT,
  role TEXT,
  CHECK ((org_id IS NULL) <> (name IS NULL))
) STRICT;
CREATE INDEX agreement_party_by_agreement ON agreement_party (agreement_id);

CREATE TABLE agreement_contribution (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  agreement_id INTEGER NOT NULL REFERENCES agreement (id),
  party TEXT NOT NULL,
  what TEXT NOT NULL CHECK (trim(what) <> ''),
  terms TEXT
) STRICT;
CREATE INDEX agreement_contribution_by_agreement ON agreement_contribution (agreement_id);

CREATE TABLE resource (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  org_id INTEGER NOT NULL REFERENCES org (id),
  name TEXT NOT NULL CHECK (trim(name) <> ''),
  name_sort TEXT NOT NULL,
  name_search TEXT NOT NULL,
  kind TEXT NOT NULL DEFAULT 'premises' CHECK (kind IN ('premises', 'equipment', 'vehicle')),
  street TEXT,
  postcode TEXT,
  city TEXT,
  capacity INTEGER CHECK (capacity >= 0),
  kitchen INTEGER CHECK (kitchen IN (0, 1)),
  heating INTEGER CHECK (heating IN (0, 1)),
  generator INTEGER CHECK (generator IN (0, 1)),
  toilets INTEGER CHECK (toilets IN (0, 1)),
  accessible INTEGER CHECK (accessible IN (0, 1)),
  key_holder_id INTEGER REFERENCES person (id),
  notes TEXT
) STRICT;
CREATE INDEX resource_by_org ON resource (org_id);

CREATE TABLE response_group (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  org_id INTEGER NOT NULL REFERENCES org (id),
  agreement_id INTEGER REFERENCES agreement (id),
  name TEXT NOT NULL CHECK (trim(name) <> ''),
  name_sort TEXT NOT NULL,
  name_search TEXT NOT NULL,
  call_order INTEGER NOT NULL DEFAULT 1,
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'archived')),
  notes TEXT
) STRICT;
CREATE INDEX response_group_by_org ON response_group (org_id);

CREATE TABLE response_member (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  group_id INTEGER NOT NULL REFERENCES response_group (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  role TEXT NOT NULL DEFAULT 'member' CHECK (role IN ('leader', 'deputy', 'member')),
  call_order INTEGER,
  told TEXT CHECK (date(told, '+0 days') IS told),
  UNIQUE (group_id, person_id)
) STRICT;
CREATE INDEX response_member_by_person ON response_member (person_id);
