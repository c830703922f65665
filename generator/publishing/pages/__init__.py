"""The kinds of pages: each module has one kind's view, how it is made, and its planner.

A new kind is one planner, named below, and one template.
"""

from generator.publishing.page import Planner
from generator.publishing.pages import (
    api,
    archive,
    citations,
    feed_archives,
    feeds,
    front,
    images,
    issue_files,
    issues,
    machines,
    mail,
    markdown,
    my,
    papers,
    picks,
    search,
    since,
    themes,
)

PLANNERS: tuple[Planner, ...] = (
    front.plan,
    issues.plan,
    themes.plan,
    picks.plan,
    archive.plan,
    papers.plan,
    citations.plan,
    markdown.plan,
    feeds.plan,
    feed_archives.plan,
    mail.plan,
    machines.plan,
    search.plan,
    since.plan,
    my.plan,
    issue_files.plan,
    api.plan,
    images.plan,
)
"""The planners of the site. Static files are planned beside them, from the templates' folders."""
