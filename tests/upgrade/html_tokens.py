"""A page as a list of tokens: what browsers make of it, whatever its white space and line breaks."""

import re
from html.parser import HTMLParser

#: White space next to these has no effect. The site's style sheets make images and labels blocks, or cells of a grid.
BLOCKS = frozenset(
    re.findall(
        r"\w+",
        """
        html head body title meta link script style main header footer nav section article aside div p ul ol li dl dt dd h1 h2 h3 h4 h5 h6
        figure figcaption picture source blockquote details summary table caption thead tbody tr th td form fieldset legend select option
        br hr address svg g path defs desc rect line circle img label
        """,
    )
)
Token = tuple[str, ...]


class Tokens(HTMLParser):
    """Collects start tags with their attributes in order of name, end tags, and text with single spaces."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tokens: list[Token] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = (f"{name}={' '.join((value or '').split())}" for name, value in sorted(attrs))
        self.tokens.append(("start", tag, *values))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        # The tokenizer tells `<path />` and `<path></path>` apart; browsers do not.
        if tag not in ("path", "rect", "line", "circle", "source", "meta", "link"):
            self.tokens.append(("end", tag))

    def handle_decl(self, decl: str) -> None:
        self.tokens.append(("declaration", decl.lower()))

    def handle_data(self, data: str) -> None:
        self.tokens.append(("text", re.sub(r"\s+", " ", data)))


def tokens_of(html: str) -> list[Token]:
    """The tokens of a page, without white space that has no effect."""
    parser = Tokens()
    parser.feed(html)
    parser.close()
    found: list[Token] = []
    for position, token in enumerate(parser.tokens):
        if token[0] == "text":
            text = token[1]
            if position == 0 or is_block(parser.tokens[position - 1]):
                text = text.lstrip()
            if position + 1 == len(parser.tokens) or is_block(parser.tokens[position + 1]):
                text = text.rstrip()
            if not text:
                continue
            token = ("text", text)
        found.append(token)
    return found


def is_block(token: Token) -> bool:
    return token[0] != "text" and token[1] in BLOCKS


def without_element(tokens: list[Token], tag: str, marker: str) -> list[Token]:
    """The tokens without elements of this tag that have this attribute, such as `class=contents`."""
    kept: list[Token] = []
    depth = 0
    for token in tokens:
        if depth == 0 and token[:2] == ("start", tag) and marker in token:
            depth = 1
        elif depth and token[1] == tag:
            depth += {"start": 1, "end": -1}.get(token[0], 0)
        elif not depth:
            kept.append(token)
    return kept
