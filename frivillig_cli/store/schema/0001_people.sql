-- Organisations, people and what ties them. Names are followed by two stored keys:
-- `name_sort` (Norwegian order) and `name_search` (folded); `search` is the rest, folded.

CREATE TABLE setting (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE org (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE,
  orgnr TEXT UNIQUE CHECK (orgnr GLOB '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'),
  name TEXT NOT NULL CHECK (trim(name) <> ''),
  name_sort TEXT NOT NULL,
  name_search TEXT NOT NULL,
  search TEXT NOT NULL DEFAULT '',
  form TEXT,
  category TEXT,
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'archived')),
  language TEXT CHECK (language IN ('nb', 'nn', 'en')),
  email TEXT,
  phone TEXT CHECK (phone GLOB '+[0-9]*'),
  website TEXT,
  street TEXT,
  postcode TEXT,
  city TEXT,
  municipality TEXT CHECK (municipality GLOB '[0-9][0-9][0-9][0-9]'),
  bank_account TEXT CHECK (length(bank_account) = 11),
  founded TEXT CHECK (date(founded, '+0 days') IS founded),
  annual_meeting_month INTEGER CHECK (annual_meeting_month BETWEEN 1 AND 12),
  members INTEGER CHECK (members >= 0),
  members_local INTEGER CHECK (members_local >= 0),
  members_youth INTEGER CHECK (members_youth >= 0),
  activities TEXT,
  premises TEXT,
  listed INTEGER CHECK (listed IN (0, 1)),
  notes TEXT,
  confirmed TEXT CHECK (date(confirmed, '+0 days') IS confirmed),
  created TEXT NOT NULL,
  updated TEXT NOT NULL
) STRICT;
CREATE INDEX org_by_name ON org (status, name_sort, id);
CREATE INDEX org_by_search_name ON org (name_search);

CREATE TABLE org_tag (
  id INTEGER PRIMARY KEY,
  org_id INTEGER NOT NULL REFERENCES org (id),
  tag TEXT NOT NULL,
  UNIQUE (org_id, tag)
) STRICT;
CREATE INDEX org_tag_by_tag ON org_tag (tag);

CREATE TABLE org_umbrella (
  id INTEGER PRIMARY KEY,
  org_id INTEGER NOT NULL REFERENCES org (id),
  umbrella_id INTEGER NOT NULL REFERENCES org (id),
  UNIQUE (org_id, umbrella_id),
  CHECK (org_id <> umbrella_id)
) STRICT;
CREATE INDEX org_umbrella_by_umbrella ON org_umbrella (umbrella_id);

CREATE TABLE person (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL CHECK (trim(name) <> ''),
  name_sort TEXT NOT NULL,
  name_search TEXT NOT NULL,
  search TEXT NOT NULL DEFAULT '',
  email TEXT,
  street TEXT,
  postcode TEXT,
  city TEXT,
  language TEXT CHECK (language IN ('nb', 'nn', 'en')),
  protected INTEGER NOT NULL DEFAULT 0 CHECK (protected IN (0, 1)),
  minor INTEGER NOT NULL DEFAULT 0 CHECK (minor IN (0, 1)),
  notes TEXT,
  created TEXT NOT NULL,
  updated TEXT NOT NULL
) STRICT;
CREATE INDEX person_by_name ON person (name_sort, id);
CREATE INDEX person_by_search_name ON person (name_search);

CREATE TABLE person_phone (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person (id),
  number TEXT NOT NULL CHECK (number GLOB '+[0-9]*'),
  rank INTEGER NOT NULL DEFAULT 1,
  verified TEXT CHECK (date(verified, '+0 days') IS verified),
  verified_by TEXT,
  wrong INTEGER NOT NULL DEFAULT 0 CHECK (wrong IN (0, 1)),
  UNIQUE (person_id, number)
) STRICT;
CREATE INDEX person_phone_by_number ON person_phone (number);

CREATE TABLE contact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  org_id INTEGER NOT NULL REFERENCES org (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  role TEXT NOT NULL CHECK (role IN
    ('leader', 'deputy', 'treasurer', 'secretary', 'board_member', 'deputy_member',
     'manager', 'auditor', 'contact')),
  from_date TEXT CHECK (date(from_date, '+0 days') IS from_date),
  to_date TEXT CHECK (date(to_date, '+0 days') IS to_date),
  CHECK (to_date IS NULL OR from_date IS NULL OR to_date >= from_date)
) STRICT;
CREATE INDEX contact_by_org ON contact (org_id, role);
CREATE INDEX contact_by_person ON contact (person_id);

CREATE TABLE volunteer (
  id INTEGER PRIMARY KEY REFERENCES person (id),
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'archived')),
  availability TEXT,
  languages TEXT,
  driving_licence INTEGER CHECK (driving_licence IN (0, 1)),
  confidentiality_signed TEXT CHECK (date(confidentiality_signed, '+0 days') IS confidentiality_signed),
  police_certificate_seen TEXT CHECK (date(police_certificate_seen, '+0 days') IS police_certificate_seen),
  intro_course_completed TEXT CHECK (date(intro_course_completed, '+0 days') IS intro_course_completed),
  opted_out_until TEXT CHECK (date(opted_out_until, '+0 days') IS opted_out_until),
  created TEXT NOT NULL,
  updated TEXT NOT NULL
) STRICT;

CREATE TABLE person_skill (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person (id),
  skill TEXT NOT NULL,
  UNIQUE (person_id, skill)
) STRICT;
CREATE INDEX person_skill_by_skill ON person_skill (skill);

CREATE TABLE imported_file (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sha256 TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  at TEXT NOT NULL,
  mapping TEXT
) STRICT;
CREATE INDEX imported_file_by_hash ON imported_file (sha256);
