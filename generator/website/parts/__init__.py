"""What several kinds of pages share: layout, lists of papers, metadata, charts, Markdown."""
