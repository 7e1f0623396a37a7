"""An activation: a snapshot of whom to call, what they answered, and the log."""
