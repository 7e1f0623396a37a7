"""frivillig: a municipality's volunteer centre, run from one laptop."""
