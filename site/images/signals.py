"""Signals about images."""

from django.dispatch import Signal

#: A member of staff opened the signed form of a photo consent. Arguments: `consent`, `user`.
signed_form_opened = Signal()
