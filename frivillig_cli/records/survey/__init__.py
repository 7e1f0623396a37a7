"""Surveys: what was asked, what was sent, what came back."""
