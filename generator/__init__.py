"""Broadsheet turns listings of research papers into a website, feeds and mail.

`ingest` makes records of listings, `library` reads the records, `website` plans pages from the library,
`engine` writes the pages, and `serve` shows them live. Each module of `commands` is the story of one command.
"""
