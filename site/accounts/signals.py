"""Signals about accounts."""

from django.dispatch import Signal

#: Somebody asked for a link to set a new password. Argument: `user`, whose account it is.
password_reset_requested = Signal()
#: A member of staff ended their other sessions. Arguments: `user`, `count`.
sessions_ended = Signal()
