"""The files that a digest begins with: `settings` makes `content/site.yaml`, `digest` all of them.

Those that are the same for every digest, but for its title, are in `files/`.
"""
