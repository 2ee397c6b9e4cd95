from django.utils import timezone
from wagtail.log_actions import log
from wagtail.management.commands import publish_scheduled
from wagtail.models import Revision

from common.types import Extra
from publishing.errors import EditorialRuleError


class Command(publish_scheduled.Command):
    help = "Publish and expire what is due. A page without approval is taken off the schedule, and the others go on."

    def handle(self, *args: Extra, **options: Extra) -> None:
        if not options["dryrun"]:
            for revision in Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at"):
                self.publish(revision)
        super().handle(*args, **options)

    def publish(self, revision: Revision) -> None:
        """Publish one revision. A page that may not go live is unscheduled and does not stop the others."""
        try:
            revision.publish(log_action="wagtail.publish.scheduled")
        except EditorialRuleError as problem:
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
            log(revision.content_object, "core.publish_refused", revision=revision, data={"reasons": problem.messages})
            self.stderr.write(f"{revision.object_str}: not published. {problem}")
