"""The grammar of saved Hugging Face pages, for `hf_daily` and `hf_similar`.

`saved_markdown` reads marks of headings and links, which `link_marks` puts right; `paragraphs` tells which
lines are one text; `bylines`, `boilerplate` and `days` tell what a line is by its own words, `context` by its
neighbours; `pairing` tells titles from abstracts; `saved_page` puts papers together, and `entries` makes
entries and problems of them.
"""
