"""When and why somebody in a group is not to be called: away, opted out, another duty."""
