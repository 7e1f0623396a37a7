-- One index over everything that has a name: substring search over folded text
-- ("kor" finds "skolekorps"). `rowid` is id * 8 + the number of the kind. A space stands before
-- each text, so that " il" finds a word that begins with two letters, the first word too.

CREATE VIRTUAL TABLE search USING fts5(title, body, tokenize = 'trigram');

CREATE TRIGGER search_org_i AFTER INSERT ON org BEGIN
  INSERT INTO search (rowid, title, body)
  VALUES (new.id * 8 + 1, ' ' || new.name_search, ' ' || new.search); END;
CREATE TRIGGER search_org_u AFTER UPDATE OF id, name_search, search ON org BEGIN
  DELETE FROM search WHERE rowid = old.id * 8 + 1;
  INSERT INTO search (rowid, title, body)
  VALUES (new.id * 8 + 1, ' ' || new.name_search, ' ' || new.search); END;
CREATE TRIGGER search_org_d AFTER DELETE ON org BEGIN
  DELETE FROM search WHERE rowid = old.id * 8 + 1; END;

CREATE TRIGGER search_person_i AFTER INSERT ON person BEGIN
  INSERT INTO search (rowid, title, body)
  VALUES (new.id * 8 + 2, ' ' || new.name_search, ' ' || new.search); END;
CREATE TRIGGER search_person_u AFTER UPDATE OF id, name_search, search ON person BEGIN
  DELETE FROM search WHERE rowid = old.id * 8 + 2;
  INSERT INTO search (rowid, title, body)
  VALUES (new.id * 8 + 2, ' ' || new.name_search, ' ' || new.search); END;
CREATE TRIGGER search_person_d AFTER DELETE ON person BEGIN
  DELETE FROM search WHERE rowid = old.id * 8 + 2; END;

CREATE TRIGGER search_agreement_i AFTER INSERT ON agreement BEGIN
  INSERT INTO search (rowid, title, body)
  VALUES (new.id * 8 + 3, ' ' || new.name_search, ' ' || new.search); END;
CREATE TRIGGER search_agreement_u AFTER UPDATE OF id, name_search, search ON agreement BEGIN
  DELETE FROM search WHERE rowid = old.id * 8 + 3;
  INSERT INTO search (rowid, title, body)
  VALUES (new.id * 8 + 3, ' ' || new.name_search, ' ' || new.search); END;
CREATE TRIGGER search_agreement_d AFTER DELETE ON agreement BEGIN
  DELETE FROM search WHERE rowid = old.id * 8 + 3; END;

CREATE TRIGGER search_survey_i AFTER INSERT ON survey BEGIN
  INSERT INTO search (rowid, title, body)
  VALUES (new.id * 8 + 4, ' ' || new.name_search, ''); END;
CREATE TRIGGER search_survey_u AFTER UPDATE OF id, name_search ON survey BEGIN
  DELETE FROM search WHERE rowid = old.id * 8 + 4;
  INSERT INTO search (rowid, title, body)
  VALUES (new.id * 8 + 4, ' ' || new.name_search, ''); END;
CREATE TRIGGER search_survey_d AFTER DELETE ON survey BEGIN
  DELETE FROM search WHERE rowid = old.id * 8 + 4; END;

CREATE TRIGGER search_activation_i AFTER INSERT ON activation BEGIN
  INSERT INTO search (rowid, title, body)
  VALUES (new.id * 8 + 5, ' ' || new.name_search, ' ' || lower(new.number)); END;
CREATE TRIGGER search_activation_u AFTER UPDATE OF id, name_search, number ON activation BEGIN
  DELETE FROM search WHERE rowid = old.id * 8 + 5;
  INSERT INTO search (rowid, title, body)
  VALUES (new.id * 8 + 5, ' ' || new.name_search, ' ' || lower(new.number)); END;
CREATE TRIGGER search_activation_d AFTER DELETE ON activation BEGIN
  DELETE FROM search WHERE rowid = old.id * 8 + 5; END;
