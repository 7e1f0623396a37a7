"""What is done across records."""
