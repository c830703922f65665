"""Feeds: the newest papers, issues or corrections, for programs that look for them regularly.

- `contents`: all feeds, and the candidates of each; `shared`: the feeds of keywords and authors;
- `digests`: the papers of an issue or a week, for one entry;
- `times`: when an entry was published and updated;
- `items`: candidates, and those that a document shows; `entries`: what every format states of an item;
- `bodies`: the HTML that a feed reader shows of an entry; `context`: what it shows of the digest;
- `view`: the view of a document; `archives`: the documents of older entries;
- `xml_feeds`, `json_feeds`, `opml`: the documents' bytes. feedgen writes RSS and Atom, `extension` what it
  lacks.

There is no clock here. Feed readers show an entry again after a correction that an editor wants known, or if
an issue gets more papers, but not after a corrected typo. A paper without an issue date is in no feed: there
is no day on which it was news.
"""
