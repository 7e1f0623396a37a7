"""Organisations: lag og foreninger."""
