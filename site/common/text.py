"""Small pieces of text handling."""


def split_commas(text: str) -> list[str]:
    """The entries of a comma-separated line that staff write, without empty ones."""
    return [entry.strip() for entry in text.split(",") if entry.strip()]
