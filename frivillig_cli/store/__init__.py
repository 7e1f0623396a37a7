"""The register: one SQLite file, one way to write, a history of every change."""
