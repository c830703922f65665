"""Broadsheet: listings of research papers in, a curated digest out.

The data takes one road, a package a stage: ``listings`` parses what others wrote, ``content`` keeps the
records, ``publishing`` turns them into pages, ``editing`` shows them live. Imports run back along it only.
"""
