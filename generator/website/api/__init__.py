"""What programs read of the digest: files of JSON, and the schema they follow."""
