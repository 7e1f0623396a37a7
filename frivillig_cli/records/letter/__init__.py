"""Batches of letters: drafts until they are sent, and who got which."""
