"""Agreements between the municipality and associations: who owes whom what, until when."""
