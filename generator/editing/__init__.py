"""What an editor works with: all problems at once, and the site live."""
