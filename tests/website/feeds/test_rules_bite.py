"""Each rule finds what it is there to find: a document of the hostile digest, broken in one place."""

import re
from dataclasses import replace

import pytest

from tests.support.feed_documents import Documents
from tests.website.feeds.rules.by_kind import RULES

RSS, ATOM, JSON, OPML = "feed.xml", "feeds/papers.atom.xml", "feeds/papers.json", "feeds/all.opml"
ARCHIVE = "feeds/archive/2025-09.atom.xml"

BROKEN = [
    # the rule, a document, what it has, what that is broken into
    ("xml_is_utf_8_and_says_so", RSS, 'encoding="UTF-8"', 'encoding="ISO-8859-1"'),
    ("xml_has_no_control_characters", RSS, "<title>", "<title>\x85"),
    ("xml_has_no_control_characters", OPML, "A &amp; B", "A &#9; B"),
    ("feed_has_a_stylesheet_for_a_person", ATOM, r"\.\./static", "static"),
    ("feed_has_links_for_a_person", RSS, '<a href="https://digest', '<a href="//digest'),
    ("rss_has_one_channel", RSS, 'version="2.0"', 'version="0.91"'),
    ("rss_channel_has_its_elements", RSS, "<generator>.*</generator>", ""),
    ("rss_channel_has_its_elements", RSS, "<link>https:", "<link>"),
    ("rss_language_and_ttl_are_of_their_kinds", RSS, ">en-GB<", ">British English<"),
    ("rss_names_itself", RSS, 'feed.xml" rel="self"', 'feeds/papers.xml" rel="self"'),
    ("rss_items_come_last", RSS, "</channel>", "<rating/></channel>"),
    ("rss_items_have_their_elements", RSS, "<guid[^<]*</guid>", ""),
    ("rss_items_have_their_elements", RSS, "</item>", "<updated/></item>"),
    ("rss_guids_are_permanent_and_unique", RSS, 'isPermaLink="false"', 'isPermaLink="true"'),
    ("rss_guids_are_permanent_and_unique", RSS, ":rtl<", ":first-slug<"),
    ("rss_dates_are_of_rfc_822", RSS, "<pubDate>Thu", "<pubDate>Fri"),
    ("rss_names_authors_in_one_creator", RSS, "dc:creator", "author"),
    ("rss_names_authors_in_one_creator", RSS, "</dc:creator>", "</dc:creator><dc:creator>B</dc:creator>"),
    ("rss_images_are_thumbnails_of_media_rss", RSS, "yahoo.com/mrss/", "yahoo.com/mrss"),
    ("rss_images_are_thumbnails_of_media_rss", RSS, 'thumbnail url="https:', 'thumbnail url="'),
    ("rss_descriptions_are_safe_html", RSS, "&lt;em&gt;", "&lt;script&gt;"),
    ("rss_descriptions_are_safe_html", RSS, '&lt;a href="https://[^/]*', '&lt;a href="'),
    (
        "rss_was_built_when_its_newest_item_changed",
        RSS,
        "Wed, 05 Nov",
        "Thu, 06 Nov",
    ),
    ("atom_is_a_feed_in_its_language", ATOM, 'xml:lang="en-GB"', ""),
    ("atom_feed_has_its_elements", ATOM, "<updated>.*</updated>", ""),
    ("atom_entries_have_their_elements", ATOM, "<published>.*</published>", ""),
    ("atom_entries_come_last", ATOM, "</feed>", "<rights/></feed>"),
    ("atom_ids_are_tags_and_unique", ATOM, ":rtl<", ":first-slug<"),
    ("atom_ids_are_tags_and_unique", ATOM, "<id>tag:", "<id>tag:editors,"),
    ("atom_dates_are_of_rfc_3339", ATOM, r"T12:00:00\+00:00", ""),
    ("atom_entries_are_updated_at_times_of_their_own", ATOM, "T11:59:5.", "T12:00:00"),
    ("atom_entries_are_in_the_order_of_their_times", ATOM, "<published>2025-10-30", "<published>2020-10-30"),
    ("atom_is_updated_with_its_newest_entry", ATOM, "<updated>2024", "<updated>2026"),
    ("atom_people_have_names", ATOM, "<name>José Ángel</name>", "<name/>"),
    ("atom_people_have_names", ATOM, "<author>\\s*<name>(?!A &amp).*</name>\\s*</author>", ""),
    ("atom_links_are_absolute_and_of_known_kinds", ATOM, 'rel="related"', 'rel="see also"'),
    ("atom_has_no_two_links_of_a_kind", ATOM, ' rel="related"', ""),
    ("atom_names_itself", ATOM, 'papers.atom.xml" rel="self"', 'papers.xml" rel="self"'),
    ("atom_entries_lead_somewhere", ATOM, '<link href="[^"]*"/>', ""),
    ("atom_categories_have_terms", ATOM, 'term="cs.CL"', 'term="cs"'),
    ("atom_content_is_safe_html", ATOM, '<content type="html">', '<content type="xhtml">'),
    ("atom_content_is_safe_html", ATOM, "&lt;strong&gt;", '&lt;strong onclick="x()"&gt;'),
    (
        "atom_has_no_prefix_where_readers_know_none",
        ATOM,
        "<feed ",
        '<feed xmlns:h="http://www.w3.org/1999/xhtml" ',
    ),
    ("history_marks_archives_alone", ARCHIVE, "<fh:archive/>", ""),
    (
        "history_links_stand_once_and_lead_to_documents_of_their_format",
        ARCHIVE,
        "2024-12.atom.xml",
        "2024-12.xml",
    ),
    ("history_leads_from_archives_to_the_feed", ARCHIVE, ' rel="current"', ' rel="related"'),
    ("history_is_of_the_feed_of_everything_alone", ATOM, ' rel="prev-archive"', ' rel="next-archive"'),
    ("json_is_a_feed_of_its_version", JSON, "version/1.1", "version/1"),
    ("json_names_itself_and_its_page", JSON, '"feed_url": "https:', '"feed_url": "'),
    ("json_language_is_a_tag", JSON, "en-GB", "British"),
    ("json_items_have_their_fields", JSON, "content_html", "content"),
    ("json_ids_are_strings_and_unique", JSON, ":rtl", ":first-slug"),
    ("json_leads_to_older_items_in_its_format", JSON, "2025-09.json", "2025-09.atom.xml"),
    ("json_urls_are_absolute", JSON, '"external_url": "https:', '"external_url": "'),
    ("json_dates_are_of_rfc_3339", JSON, '"date_published": "2025', '"date_published": "2026'),
    ("json_authors_have_names_and_tags_are_words", JSON, '"cs.CL"', '" "'),
    ("json_content_is_safe_html", JSON, "<strong>", "<iframe>"),
    ("opml_has_a_head_and_a_body", OPML, 'version="2.0"', 'version="3.0"'),
    ("opml_outlines_have_texts", OPML, ' text="Everything"', ""),
    ("opml_subscriptions_have_addresses", OPML, "feeds/issues.atom", "feeds/tissues.atom"),
    ("opml_names_no_feed_twice", OPML, "feeds/issues.atom", "feeds/weeks.atom"),
]


def test_every_rule_is_shown_to_bite() -> None:
    rules = {rule.__name__ for rules in RULES.values() for rule in rules}
    assert rules == {name for name, *_ in BROKEN}


@pytest.mark.parametrize(("name", "path", "old", "new"), BROKEN, ids=[f"{row[0]}-{row[3]}" for row in BROKEN])
def test_a_rule_finds_what_is_broken(hostile: Documents, name: str, path: str, old: str, new: str) -> None:
    doc = hostile[path]
    rule = next(rule for rule in RULES[doc.kind] if rule.__name__ == name)
    assert list(rule(doc)) == []
    broken = re.sub(old, lambda _: new, doc.data.decode())
    assert broken != doc.data.decode()
    assert list(rule(replace(doc, data=broken.encode()))) != []
