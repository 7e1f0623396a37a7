"""Lists that somebody sends, taken into the register: read, matched, shown, applied."""
