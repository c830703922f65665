"""The planners of the site. A new kind of page is one planner, named here, and one template."""

from generator.engine.page import Planner
from generator.website.api import planner as api
from generator.website.citations import planner as citations
from generator.website.feeds import planner as feeds
from generator.website.pages import (
    archive,
    front,
    host_files,
    images,
    issue_files,
    issues,
    mail,
    markdown,
    my_reading,
    papers,
    picks,
    since,
    sitemap,
    status,
    themes,
)
from generator.website.search import planner as search
from generator.website.share_images import planner as share_images

PLANNERS: tuple[Planner, ...] = (
    front.plan,
    issues.plan,
    themes.plan,
    picks.plan,
    archive.plan,
    papers.plan,
    citations.plan,
    markdown.plan,
    images.plan,
    feeds.plan,
    mail.plan,
    status.plan,
    sitemap.plan,
    host_files.plan,
    search.plan,
    since.plan,
    my_reading.plan,
    issue_files.plan,
    api.plan,
    share_images.plan,
)
"""All of them. Static files are planned separately, from the templates' folders."""
