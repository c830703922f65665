"""The commands: one module each, which tells from top to bottom what the command does."""
