"""Errors of sealing and opening."""


class CannotOpenError(Exception):
    """Stored data cannot be opened: no private key fits, or the data was altered after it was sealed."""


class SealingKeyError(Exception):
    """A key is missing or cannot be read. The message contains no key material."""


#: Errors that opening sealed data may raise. Callers catch them, so that one damaged request does not block the rest of the inbox.
UNREADABLE = (CannotOpenError, SealingKeyError)
