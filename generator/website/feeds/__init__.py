"""Feeds: the newest of something, for programs that keep an eye on it.

- `contents`: which feeds there are, what belongs into each, and what of that it holds; of `shared` keywords
  and authors, too;
- `digests`: the papers of an issue or a week, for one entry;
- `times`: when an entry was published and updated;
- `items`: what a feed's view holds; `entries`: what every format states of that;
- `bodies`: the HTML that a feed reader shows of an entry, in a `context`;
- `view`: what one document of a feed sees; `archives`: those of older entries;
- `xml_feeds`, `json_feeds`, `opml`: the documents. feedgen makes RSS and Atom, `extension` what it lacks.

There is no clock here. A mended typo brings nothing up again, a correction that an editor wants known does,
and so does an issue that gets more papers. A paper without an issue date is in no feed, because no day is
known on which it was news.
"""
