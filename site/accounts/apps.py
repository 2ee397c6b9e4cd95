from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Members of staff."""

    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Connect what counts a second factor as used once it is set up."""
        # Receivers import models, which exist only now.
        import accounts.sign_in.second_factor  # noqa: F401
