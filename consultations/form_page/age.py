"""Whether somebody writes of being under 18, though an adult was chosen."""

import re

#: “I'm 15”, “i am 16 years old”, “as a 17 year old”, “aged 14”; not “I am 15 minutes away” or “16 weeks”.
MINOR = re.compile(
    r"\b(?:i(?:['’]?m| am)(?: only| just| a)?|as a|aged|age) (1[0-7])\b"
    r"(?!\s*(?:%|percent|min|hour|day|week|month|session|mile|block|lb|pound|kg|kilo|more|out of|th\b|st\b|/)|[.,:/]\d)",
    re.IGNORECASE,
)


def says_minor(*texts: str) -> bool:
    """Whether one of the texts says so of its writer."""
    return any(MINOR.search(text) for text in texts)
