"""Other machines: what the registers of the state say, and the mail server. No database."""
