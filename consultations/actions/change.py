"""Changing the status and the owner of requests."""

from django.db import transaction

from common.types import Actor
from consultations import access_log
from consultations.choices import Action, Status
from consultations.models.request import ConsultationRequest


@transaction.atomic
def change_requests(consultations: list[ConsultationRequest], actor: Actor, status: Status | None = None, owner: str | None = None) -> int:
    """Set status and owner where they differ, log each change, and return the number of changes.

    `owner` is a user's id, "" for nobody, None to leave it unchanged. What another transaction holds is not changed, and not counted.
    """
    changed = 0
    chosen = ConsultationRequest.objects.filter(pk__in=[consultation.pk for consultation in consultations])
    # A request that its patient is changing at this moment is left as it is.
    for consultation in chosen.select_for_update(skip_locked=True):
        if status and consultation.status != status:
            access_log.write(Action.STATUS, actor, consultation, f"{consultation.status} → {status.value}")
            consultation.set_status(status)
            changed += 1
        if owner is not None and str(consultation.owner_id or "") != owner:
            consultation.owner_id = int(owner) if owner else None
            consultation.save(update_fields=["owner"])
            access_log.write(Action.OWNER, actor, consultation, consultation.owner.get_username() if consultation.owner else "")
            changed += 1
    return changed
