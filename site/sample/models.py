from django.db import models


class LoadedItem(models.Model):
    """Remembers that an item was loaded, so that one which staff edited, moved or deleted never comes back."""

    key = models.CharField(max_length=255, unique=True)
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key
