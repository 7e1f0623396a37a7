"""Volunteers: what a person who volunteers has beside being a person."""
