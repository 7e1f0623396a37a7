"""Where things lie on this machine, and what the coordinator has chosen."""
