"""What is recorded: one kind a module or package, none importing another."""
