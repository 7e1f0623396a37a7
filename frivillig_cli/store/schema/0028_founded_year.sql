-- Of many associations only the year is known in which they were founded: `founded` is a day or
-- a year. The search index keeps its rows: they are those of the same ids.

CREATE TABLE org_new (
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
  founded TEXT CHECK (date(founded, '+0 days') IS founded
    OR founded GLOB '[12][0-9][0-9][0-9]'),
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
  updated TEXT NOT NULL,
  members_0_5 INTEGER CHECK (members_0_5 >= 0),
  members_6_12 INTEGER CHECK (members_6_12 >= 0),
  members_13_19 INTEGER CHECK (members_13_19 >= 0),
  members_20_25 INTEGER CHECK (members_20_25 >= 0),
  members_26 INTEGER CHECK (members_26 >= 0),
  no_mailings TEXT CHECK (date(no_mailings, '+0 days') IS no_mailings)
) STRICT;
INSERT INTO org_new (id, uid, orgnr, name, name_sort, name_search, search, form, category, status,
  language, email, phone, website, street, postcode, city, municipality, bank_account, founded,
  annual_meeting_month, members, members_local, members_youth, activities, premises, listed,
  notes, confirmed, created, updated, members_0_5, members_6_12, members_13_19, members_20_25,
  members_26, no_mailings)
SELECT id, uid, orgnr, name, name_sort, name_search, search, form, category, status,
  language, email, phone, website, street, postcode, city, municipality, bank_account, founded,
  annual_meeting_month, members, members_local, members_youth, activities, premises, listed,
  notes, confirmed, created, updated, members_0_5, members_6_12, members_13_19, members_20_25,
  members_26, no_mailings
FROM org;
DELETE FROM sqlite_sequence WHERE name = 'org_new';
INSERT INTO sqlite_sequence (name, seq)
SELECT 'org_new', seq FROM sqlite_sequence WHERE name = 'org';
DROP TABLE org;
ALTER TABLE org_new RENAME TO org;
CREATE INDEX org_by_name ON org (status, name_sort, id);
CREATE INDEX org_by_search_name ON org (name_search);
CREATE TRIGGER search_org_i AFTER INSERT ON org BEGIN
  INSERT INTO search (rowid, title, body)
  VALUES (new.id * 8 + 1, ' ' || new.name_search, ' ' || new.search); END;
CREATE TRIGGER search_org_u AFTER UPDATE OF id, name_search, search ON org BEGIN
  DELETE FROM search WHERE rowid = old.id * 8 + 1;
  INSERT INTO search (rowid, title, body)
  VALUES (new.id * 8 + 1, ' ' || new.name_search, ' ' || new.search); END;
CREATE TRIGGER search_org_d AFTER DELETE ON org BEGIN
  DELETE FROM search WHERE rowid = old.id * 8 + 1; END;
