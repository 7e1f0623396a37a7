"""The call-out: activate, call, log, stand down, and the lists that it prints."""
