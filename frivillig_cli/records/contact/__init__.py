"""Offices: who holds which, in which association, from when to when."""
