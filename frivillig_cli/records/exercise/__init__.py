"""Exercises that are planned: the calendar."""
