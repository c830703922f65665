"""The engine plans pages, finds the outdated ones, renders and installs them, and remembers what it did.

It knows pages, views, templates, the ledger and the output, but not what is on the site.
"""
