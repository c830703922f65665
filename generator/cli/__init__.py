"""The command line: options in, one call of a command, and what came of it."""
