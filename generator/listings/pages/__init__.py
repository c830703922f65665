"""The grammar of saved Hugging Face pages, for `hf_daily` and `hf_similar`.

`saved_markdown` reads marks of headings and links, which `link_marks` puts right; `layout` and `paragraphs`
tell which lines are one text; `bylines`, `boilerplate` and `days` tell what a line is by its own words,
`context` by its neighbours; `pairing` tells titles from abstracts; `plain_papers` and `marked_papers` put
papers together, and `lengths` says which of them are in doubt; `saved_page` is the whole, of which `entries`
makes entries and problems.
"""
