-- Who paid before somebody was taken in whom no agreement of the call-out covered, so that it is so
-- again when they are left out; none where nobody was.

ALTER TABLE activation ADD COLUMN payer_before TEXT CHECK (payer_before IN
  ('association', 'municipality', 'rescue_service', 'other', 'to_be_settled'));
