"""Signals about accounts."""

from django.dispatch import Signal

#: Somebody asked for a link to set a new password. Argument: `user`, whose account it is.
password_reset_requested = Signal()
#: An administrator let an account try to sign in again at once. Arguments: `user`, whose account it is, and `actor`.
account_unlocked = Signal()
#: A member of staff ended their other sessions. Arguments: `user`, `count`.
sessions_ended = Signal()
