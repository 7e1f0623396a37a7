-- When the stand-down of an episode began, and of one that was over at once, when it was; none while
-- people are called in. Opened again in the stand-down, it begins anew.

ALTER TABLE activation ADD COLUMN stood_down TEXT;
ALTER TABLE episode ADD COLUMN stood_down TEXT;
-- Of those before, the first line of the log that tells of one in the episode.
DROP TRIGGER episode_is_append_only_u;
UPDATE episode SET stood_down = ifnull((SELECT min(l.happened) FROM log_entry l
  WHERE l.activation_id = episode.activation_id AND l.type = 'stand_down' AND l.sender IS NULL
    AND l.seq <= episode.last_seq AND l.seq > ifnull((SELECT max(b.last_seq) FROM episode b
      WHERE b.activation_id = episode.activation_id AND b.episode < episode.episode), 0)), ended);
CREATE TRIGGER episode_is_append_only_u BEFORE UPDATE ON episode
BEGIN SELECT raise(ABORT, 'append-only: episode'); END;
UPDATE activation SET stood_down = ifnull((SELECT min(l.happened) FROM log_entry l
  WHERE l.activation_id = activation.id AND l.type = 'stand_down' AND l.sender IS NULL
    AND l.seq > ifnull((SELECT max(b.last_seq) FROM episode b
      WHERE b.activation_id = activation.id), 0)), ended)
  WHERE state <> 'active';
