"""One thin module per noun, named as it is typed."""
