"""Translations: `nb/*.po` and `nn/*.po`, one file an area, compiled into one catalogue each."""
