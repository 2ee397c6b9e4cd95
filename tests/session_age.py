"""Letting time pass for a session."""

from django.test import Client

from accounts.sign_in.idle import LAST_SEEN_KEY


def age(client: Client, seconds: float) -> None:
    """Let that much time pass for a session."""
    session = client.session
    if LAST_SEEN_KEY in session:
        session[LAST_SEEN_KEY] -= seconds
    for record in session.get("account_authentication_methods", []):
        record["at"] -= seconds
    session.save()
