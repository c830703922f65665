"""Feeds: the newest of something, for programs that keep an eye on it.

- `digests`: the papers of an issue or a week, for one entry;
- `entries`: what every format states of the items that a feed's view holds;
- `bodies`: the HTML that a feed reader shows of an entry, in a `context`;
- `view`: what one document of a feed sees;
- `xml_feeds`, `json_feeds`, `opml`: the documents. feedgen makes RSS and Atom, `extension` what it lacks.

There is no clock here. A paper's entry is published on the day of its first issue and updated on that of its
newest `changes` row: a mended typo brings nothing up again, a correction that an editor wants known does. A
paper without an issue date is in no feed, because no day is known on which it was news.
"""
