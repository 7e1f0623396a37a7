"""Two rows for one association or person, made one: everything that hangs on either stays."""
