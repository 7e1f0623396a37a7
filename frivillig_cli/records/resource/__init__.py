"""Premises, equipment and vehicles that can be used in a crisis. Never alarm codes."""
