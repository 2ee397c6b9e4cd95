"""Which items of the sample clinic were loaded."""

from django.db import models


class LoadedItem(models.Model):
    """An item that was loaded. It is never loaded again, even after staff edited, moved or deleted it."""

    key = models.CharField(max_length=255, unique=True)
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key
