"""The build engine: plan pages, find the outdated ones, render them, install them, remember what was done.

It knows pages, views, templates, the ledger and the output, but not what is on the site.
"""
