-- Who left while people were still called in, or never came: what they were needed for was open
-- again from then on. Who left in the stand-down still stands for it.

ALTER TABLE callout ADD COLUMN freed INTEGER NOT NULL DEFAULT 0 CHECK (freed IN (0, 1));
ALTER TABLE callout_past ADD COLUMN freed INTEGER NOT NULL DEFAULT 0 CHECK (freed IN (0, 1));
-- Of those before, it is not known when they left: as many stand as there was room for.
UPDATE callout SET freed = 1 WHERE deployment = 'no_show' OR (
  deployment IN ('relieved', 'released', 'home_safe')
  AND ((SELECT state FROM activation a WHERE a.id = callout.activation_id) = 'active'
    OR (SELECT needed FROM activation_need n WHERE n.id = callout.need_id) < (
      SELECT count(*) FROM callout o WHERE o.need_id = callout.need_id AND o.answer = 'yes'
        AND o.episode = callout.episode AND (o.deployment IS NULL OR o.id <= callout.id
          OR o.deployment NOT IN ('relieved', 'released', 'home_safe', 'no_show'))
    )));
