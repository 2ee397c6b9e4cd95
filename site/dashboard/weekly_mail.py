"""The weekly mail to those responsible for what is due. It names pages and codes, never a patient."""

import logging

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from common.mail import templated_mail
from dashboard.models import DueMail
from dashboard.registry import DueSection, due_sections

logger = logging.getLogger(__name__)


def send_weekly_mail() -> int:
    """Send each responsible person this week's mail, unless they have it, and return how many were sent.

    The row that says so is written first, in the same transaction: a mail that cannot be handed over is tried again.
    """
    week = f"{timezone.localdate():%G-W%V}"
    due = [section for section in due_sections() if section.count]
    sent = 0
    for user in (
        get_user_model().objects.filter(is_active=True, groups__isnull=False).exclude(email="").distinct().prefetch_related("groups")
    ):
        groups = {group.name for group in user.groups.all()}
        theirs = [section for section in due if groups & {role.value for role in section.roles}]
        if theirs and send_to(user.email, week, theirs):
            sent += 1
    return sent


def send_to(address: str, week: str, theirs: list[DueSection]) -> bool:
    """One mail. False where this week's was sent before."""
    report = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('due:report')}"
    mail = templated_mail(_("What is due on the website"), "due", {"sections": theirs, "report": report}, to=[address])
    try:
        with transaction.atomic():
            DueMail.objects.create(week=week, address=address)
            mail.send()
    except IntegrityError:
        return False
    except OSError:
        # Refused by the server, or no server: the others still get theirs, and this one is tried again at the next run.
        logger.exception("the mail about what is due could not be handed over")
        return False
    return True
