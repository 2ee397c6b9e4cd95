"""The texts between the tags of rich text, changed one by one."""

import re
from collections.abc import Callable, Collection

from django.utils.safestring import SafeString, mark_safe

TAG = re.compile(r"(<[^>]+>)")


def replace_texts(html: str, replace: Callable[[str], str], excluded: Collection[str]) -> SafeString:
    """HTML with each text replaced that is not inside one of the excluded elements. `replace` takes and returns HTML."""
    output: list[str] = []
    excluded_depth = 0
    for token in TAG.split(html):
        if token.startswith("<"):
            if token.strip("</>").split(" ", 1)[0].lower() in excluded:
                excluded_depth += -1 if token.startswith("</") else 1
            output.append(token)
        else:
            output.append(token if excluded_depth else replace(token))
    return mark_safe("".join(output))
