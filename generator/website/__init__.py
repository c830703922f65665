"""What is on the site: addresses, parts of pages, feeds, citations, an API, search, and the pages."""
