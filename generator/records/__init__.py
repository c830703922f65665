"""One YAML file a paper: text to `Paper` and back, and edits that keep every byte around them."""
