"""Attempts by each client address in each hour. The address itself is never stored."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AttemptCount(models.Model):
    """The points of one client address, stored as a keyed hash, in one hour."""

    key = models.CharField(_("keyed hash of purpose, address and hour"), max_length=64, primary_key=True)
    points = models.PositiveIntegerField(_("points"), default=0)
    hour = models.DateTimeField(_("hour"), db_index=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("attempts")

    def __str__(self) -> str:
        return str(self.points)
