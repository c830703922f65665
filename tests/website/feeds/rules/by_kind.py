"""All rules that a feed of each format must obey."""

from tests.website.feeds.rules import atom, history, json_feed, opml, rss, xml

RULES = {
    "rss": (*xml.FEED_RULES, *rss.RULES, *history.RULES),
    "atom": (*xml.FEED_RULES, *atom.RULES, *history.RULES),
    "json": json_feed.RULES,
    "opml": (*xml.RULES, *opml.RULES),
}
