"""People: each once, whatever they hold."""
