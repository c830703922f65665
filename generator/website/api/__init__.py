"""What programs read of the digest: files of JSON, the schema they follow, and how they are encoded."""
