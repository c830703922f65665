"""From the library to a directory of files: pages are planned, rendered, and written where they changed."""
