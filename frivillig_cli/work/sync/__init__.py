"""What the state's registers say, compared with the register: shown, asked for, taken in."""
