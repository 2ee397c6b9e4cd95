"""Drawings (SVG) from outside: shapes only, since the format can also hold scripts and reach other servers."""

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

#: Elements that run, embed or fetch something.
FORBIDDEN = frozenset({"script", "foreignobject", "iframe", "object", "embed", "audio", "video", "handler", "listener", "set", "animate"})


def check_drawing(content: bytes) -> None:
    """Raises `ValidationError` for what is no SVG, or has more in it than shapes."""
    try:
        root = fromstring(content)
    except (DefusedXmlException, ValueError, SyntaxError) as problem:
        raise ValidationError(_("This drawing cannot be read. Save it as SVG again, or use PNG.")) from problem
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2].lower()
        attributes = [(key.rpartition("}")[2].lower(), value.strip().lower()) for key, value in element.attrib.items()]
        runs = name in FORBIDDEN or any(key.startswith("on") for key, _value in attributes)
        reaches = any(key in ("href", "src") and not value.startswith(("#", "data:image/")) for key, value in attributes)
        styled = (element.text or "") if name == "style" else " ".join(value for key, value in attributes if key == "style")
        if runs or reaches or "@import" in styled or "url(http" in styled.replace(" ", "").replace("'", "").replace('"', ""):
            raise ValidationError(_("This drawing holds a script or a link to elsewhere. Export it from your program as a plain SVG."))
