"""Associations that may stand in the register twice."""
