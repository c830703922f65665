"""Feeds: the newest of something, for programs that keep an eye on it.

- `catalogue`: which feeds there are, what they are called and where they stand;
- `digests`: the papers of an issue or a week, to be told in one entry;
- `entries`: what stands in a feed, from the values that a page's view holds to what every format states;
- `bodies`: the HTML that a feed reader shows of an entry;
- `view`: what one document of a feed sees;
- `xml_feeds`, `json_feeds`, `opml`: the documents. feedgen makes RSS and Atom, `extension` what it lacks.

There is no clock here. A paper's entry is published on the day of its first issue and updated on that of its
newest `changes` row: a mended typo brings nothing up again, a correction that an editor wants known does. A
paper without an issue date stands in no feed, because nobody could say when it was news.
"""
