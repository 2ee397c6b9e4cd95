"""The weekly mails about what is due that were sent."""

from django.db import models


class DueMail(models.Model):
    """One week's mail to one address. The row is the claim: the process that inserts it sends the mail."""

    week = models.CharField(max_length=8)
    address = models.EmailField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "core"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=("week", "address"), name="one_due_mail_a_week")]

    def __str__(self) -> str:
        return f"{self.week} {self.address}"
