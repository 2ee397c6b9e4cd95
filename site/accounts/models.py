"""The user model."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A member of staff. Patients have no accounts."""

    class Meta(AbstractUser.Meta):
        app_label = "core"

    def __str__(self) -> str:
        return self.get_full_name() or self.get_username()
