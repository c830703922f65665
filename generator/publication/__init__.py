"""What was published, compared with what is planned."""
