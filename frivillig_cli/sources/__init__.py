"""What the registers of the state say: fetched and parsed, no database."""
