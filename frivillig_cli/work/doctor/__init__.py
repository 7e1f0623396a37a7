"""What the records say of themselves when the register is checked."""
