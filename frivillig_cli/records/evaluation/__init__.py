"""What was learnt of a call-out, and what is to be done about it."""
