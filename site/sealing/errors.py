"""Why something sealed cannot be opened, or nothing can be sealed."""


class CannotOpenError(Exception):
    """What is stored cannot be opened: no fitting private key, or altered since it was sealed."""


class SealingKeyError(Exception):
    """A key is missing or cannot be read. The message holds no key material."""


#: What opening something sealed may raise. One damaged request never stops the rest of the inbox.
UNREADABLE = (CannotOpenError, SealingKeyError)
