from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Members of staff."""

    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Connect the signal receiver of the second factor."""
        # Receivers import models, which cannot be imported before this.
        import accounts.sign_in.second_factor  # noqa: F401
