"""From a file's bytes to records with their places: containers, encodings, JSON, XML, HTML."""
