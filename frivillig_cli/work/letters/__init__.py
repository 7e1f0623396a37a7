"""Letters: from a template and the register to documents."""
