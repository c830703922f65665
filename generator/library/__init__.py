"""All content of a digest, read: papers, cards, issues, themes, terms."""
