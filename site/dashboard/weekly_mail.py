"""The weekly mail to the staff responsible for due items. It contains titles and codes, never a patient's name."""

import logging

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from common.clock import clinic_day
from common.mail import templated_mail
from dashboard.models import DueMail
from dashboard.registry import DueSection, due_sections

logger = logging.getLogger(__name__)


def send_weekly_mail() -> int:
    """Send this week's mail to each responsible member of staff who does not have it yet. Returns the number of mails sent.

    The `DueMail` row is inserted in the same transaction before the mail is sent, so that the next run retries a failed mail.
    """
    week = f"{clinic_day():%G-W%V}"
    due = [section for section in due_sections() if section.count]
    sent = 0
    for user in (
        get_user_model().objects.filter(is_active=True, groups__isnull=False).exclude(email="").distinct().prefetch_related("groups")
    ):
        groups = {group.name for group in user.groups.all()}
        sections = [section for section in due if groups & {role.value for role in section.roles}]
        if sections and send_mail_to(user.email, week, sections):
            sent += 1
    return sent


def send_mail_to(address: str, week: str, sections: list[DueSection]) -> bool:
    """Send one mail. False where it was sent before, or where the mail server did not accept it."""
    report = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('due:report')}"
    mail = templated_mail(_("What is due on the website"), "due", {"sections": sections, "report": report}, to=[address])
    try:
        with transaction.atomic():
            DueMail.objects.create(week=week, address=address)
            mail.send()
    except IntegrityError:
        return False
    except OSError:
        # A failure must not stop the mails to others. The claim was rolled back, so the next run retries this one.
        logger.exception("the mail about what is due could not be handed over")
        return False
    return True
