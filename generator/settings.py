"""The settings of a digest, as `content/site.yaml` states them. All types are frozen and picklable.

As in `generator.model`, the decoder and the documentation follow from the types and descriptions below.
"""

from typing import Annotated

import msgspec
from msgspec import Meta

from generator.model import END, Slug, Text, WebUrl

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
MailAddress = Annotated[
    str,
    Meta(
        title="a mail address, such as digest@example.org",
        pattern=rf"^(?=.{{3,254}}$)(?=[^@]{{1,64}}@){_ATOM}(\.{_ATOM})*@{_LABEL}(\.{_LABEL})*" + END,
    ),
]
"""A mailbox, in ASCII and without quotes (RFC 5321, 4.1.2; for its length 4.5.3.1)."""
Unsubscribe = Annotated[
    str,
    Meta(
        title="a URL that begins with https:// or mailto:, with {address} and {signature} as its only braces",
        pattern=r"^(https://|mailto:)([!-;=?-z|~]|\{address\}|\{signature\}){1,200}" + END,
    ),
]


Port = Annotated[int, Meta(title="a port, 1 to 65535", ge=1, le=65535)]


class MailServer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The server that takes the mail, and the account there."""

    host: Annotated[Text, Meta(description="Name of the server, as in its certificate.")]
    port: Annotated[Port | None, Meta(description="Port; absent for 587, or 465 with `security: tls`.")] = (
        None
    )
    security: Annotated[
        str,
        Meta(
            title="one of starttls, tls and none",
            description="`starttls` or `tls`, with a checked certificate; `none` only for this machine.",
            pattern="^(starttls|tls|none)" + END,
        ),
    ] = "starttls"
    user: Annotated[
        Text | None, Meta(description="Name of the account; absent where no login is wanted.")
    ] = None
    password_variable: Annotated[
        Text | None,
        Meta(description="Environment variable with the password; absent for BROADSHEET_MAIL_PASSWORD."),
    ] = None
    password_file: Annotated[
        Text | None,
        Meta(description="File that holds the password, where no variable does; keep it out of git."),
    ] = None


class Mail(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How issues are mailed."""

    address: Annotated[MailAddress | None, Meta(description="Who the mail is from. Bounces go there.")] = None
    reply_to: Annotated[MailAddress | None, Meta(description="Where answers go, if elsewhere.")] = None
    postal_address: Annotated[
        str, Meta(description="The sender's postal address, in a line of each mail.")
    ] = ""
    unsubscribe: Annotated[
        tuple[Unsubscribe, ...],
        Meta(
            description="Where subscribers leave, the best way first. `{address}` stands for their own and "
            "`{signature}` for its proof; an https URL with an address takes one-click posts (RFC 8058)."
        ),
    ] = ()
    server: Annotated[MailServer | None, Meta(description="The server that takes the mail.")] = None


Language = Annotated[
    str,
    Meta(title="a language tag, such as en or pt-BR", pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*" + END),
]


_CATEGORY = r"[a-z-]+(\.[A-Za-z-]+)?"
Where = Annotated[
    str,
    Meta(
        title="a source: arxiv:cs.CL+cs.LG, arxiv-list:cs.CL, hf-daily, zotero:2493 or a URL",
        description="`arxiv:` and categories, for their feed; `arxiv-list:` and a category, for its page of "
        "new papers; `hf-daily`, for Hugging Face's; `zotero:` and the number of a public group; a URL.",
        pattern=rf"^(arxiv:{_CATEGORY}(\+{_CATEGORY})*|arxiv-list:{_CATEGORY}|hf-daily|zotero:[0-9]{{1,12}}"
        r"|https?://[^\s<>\"\\^`{|}\x00-\x20]+)" + END,
    ),
]


FormatName = Annotated[
    str,
    Meta(
        title="a format that `broadsheet formats` lists",
        pattern=r"^(hf-daily|hf-similar|arxiv-dump|hf-api|arxiv-mail|arxiv-list|arxiv-rss|arxiv-atom|arxiv-kaggle"
        r"|paper-ids|oai-pmh|bibtex|ris|csl-json|crossref|crossref-xml|semantic-scholar|openalex|acl-anthology"
        r"|papercopilot|enriched)" + END,
    ),
]


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place where papers are listed."""

    name: Annotated[Slug, Meta(description="Its name, which its listings have behind their day.")]
    where: Where
    format: Annotated[
        FormatName | None, Meta(description="Format of its listings, where their content does not tell.")
    ] = None
    server: Annotated[
        WebUrl | None, Meta(description="A mirror to ask in place of the service's own server.")
    ] = None


class Lookup(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A service that knows papers by their titles."""

    service: Annotated[
        str,
        Meta(
            title="one of arxiv, semantic-scholar, openalex and crossref",
            description="`arxiv`, `semantic-scholar`, `openalex` or `crossref`.",
            pattern="^(arxiv|semantic-scholar|openalex|crossref)" + END,
        ),
    ]
    server: Annotated[
        WebUrl | None, Meta(description="A mirror to ask in place of the service's own server.")
    ] = None


Repository = Annotated[
    str,
    Meta(
        title="the URL of a repository, such as https://github.com/lab/digest",
        pattern=r"^https://[A-Za-z0-9.-]+/[\w.-]+/[\w.-]+/?" + END,
    ),
]


_NO_TEXT = r"^(?!(true|True|false|False|yes|Yes|no|No|on|On|off|Off|[0-9.,]+)$)"
"""Refuses what a person writes for a switch or a number, and never for a text."""
Command = Annotated[
    str,
    Meta(
        title="a command, such as rsync -a site/ server:digest/",
        min_length=1,
        pattern=_NO_TEXT + r"[^\x00]+$",
    ),
]
ListingName = Annotated[
    str,
    Meta(title="a name, such as Hugging Face Daily Papers", min_length=1, pattern=_NO_TEXT),
]


EXAMPLE_URL = "https://example.org/"
"""The URL of a digest that has none yet (RFC 2606)."""


class Outputs(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Kinds of files of which there may be very many, and a digest may do without."""

    paper_citations: Annotated[
        bool,
        Meta(
            description="true for a file in BibTeX, RIS and CSL-JSON next to each paper. Its page has them "
            "in any case, and each issue and theme has such files."
        ),
    ] = False
    paper_api: Annotated[
        bool, Meta(description="false to make no JSON file of each paper; `papers.jsonl` has them all.")
    ] = True
    share_images: Annotated[
        str,
        Meta(
            title="one of recent, all and off",
            description="recent: of the digest, of each issue, of the papers of the 30 newest issues and of "
            "picks. all: of every paper, too.",
            pattern="^(recent|all|off)" + END,
        ),
    ] = "recent"
    mail_pages: Annotated[bool, Meta(description="false to make no page of each issue as it is mailed.")] = (
        True
    )


class Site(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The digest itself, as `content/site.yaml` describes it."""

    title: Annotated[Text, Meta(description="Name of the digest.")]
    url: Annotated[WebUrl, Meta(description="Where the site is published; feeds and the 404 page use it.")]
    tag_authority: Annotated[
        str,
        Meta(
            title="a domain or address you own and a year you owned it, such as example.org,2025",
            description="Who mints the feeds' identifiers (RFC 4151). Never change it.",
            pattern=r"^[a-z0-9.@-]+,[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?" + END,
        ),
    ]
    description: Annotated[str, Meta(description="A line under the title.")] = ""
    language: Annotated[Language, Meta(description="Language tag (BCP 47).")] = "en"
    listings: Annotated[
        dict[Text, ListingName],
        Meta(
            description="Names that readers know listings by, each after a pattern of files' names, such as "
            '`"*-hf-daily-*"`. The first that matches counts.'
        ),
    ] = {}
    repository: Annotated[
        Repository | None,
        Meta(
            description="The digest's repository on GitHub. Pages link to its issue forms, in which readers "
            "suggest a paper or report a mistake (`broadsheet init --ci github` writes them)."
        ),
    ] = None
    hub: Annotated[
        WebUrl | None, Meta(description="WebSub hub that tells subscribers of what is published.")
    ] = None
    deploy: Annotated[
        Command | None,
        Meta(
            description="Command that puts `site/` on its server, for `broadsheet publish`. It is run by sh "
            "in the digest's folder."
        ),
    ] = None
    mail: Annotated[Mail, Meta(description="How issues are mailed.")] = Mail()
    sources: Annotated[
        tuple[Source, ...], Meta(description="Where papers are listed, for `broadsheet fetch`.")
    ] = ()
    lookups: Annotated[
        tuple[Lookup, ...],
        Meta(description="Whom `broadsheet enrich` asks, in this order; absent for all four services."),
    ] = ()
    outputs: Annotated[Outputs, Meta(description="Which kinds of files are made.")] = Outputs()
