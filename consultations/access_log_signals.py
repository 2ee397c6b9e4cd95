"""Signal receivers: what happens in other rooms and belongs in the access log. They do nothing in a process that cannot write it."""

from allauth.account.authentication import get_authentication_records
from allauth.account.signals import user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.db.models.signals import m2m_changed, pre_save
from django.dispatch import Signal, receiver
from django.http import HttpRequest
from wagtail.log_actions import get_active_log_context

from accounts.signals import account_unlocked, password_reset_requested, sessions_ended
from common.types import Extra, Staff
from consultations import access_log
from consultations.choices import Action
from consultations.models.policy import RequestPolicy
from images.models import PhotoConsent
from images.signals import signed_form_opened


@receiver(user_logged_in)
def log_sign_in(request: HttpRequest, user: Staff, **kwargs: Extra) -> None:
    """With what the user proved who they are, such as `password, totp`."""
    steps = get_authentication_records(request, user)
    access_log.write(Action.SIGNED_IN, user, detail=", ".join(str(step.get("type") or step.get("method")) for step in steps))


@receiver(user_logged_out)
def log_sign_out(request: HttpRequest | None, user: Staff | None, **kwargs: Extra) -> None:
    """By the user, or after too long without activity."""
    if user is not None and settings.ACCESS_RECORD_KEY:
        access_log.write(Action.SIGNED_OUT, user, detail="was idle" if getattr(request, "is_idle", False) else "")


@receiver(sessions_ended)
def log_ended_sessions(user: Staff, count: int, **kwargs: Extra) -> None:
    access_log.write(Action.SIGNED_OUT, user, detail=f"other sessions: {count}")


@receiver(password_reset_requested)
def log_reset(user: Staff, **kwargs: Extra) -> None:
    """Who asks is not known. For an address without an account there is nothing to enter."""
    access_log.write(Action.PASSWORD, access_log.SOMEBODY, detail=f"{user.get_username()}: link asked for")


@receiver(pre_save, sender=settings.AUTH_USER_MODEL)
def log_password(instance: Staff, update_fields: frozenset[str] | None = None, raw: bool = False, **kwargs: Extra) -> None:
    """Who gave an account that exists another password."""
    # Saved alone, it is the same password: Django hashes it in a newer way at the sign-in.
    if raw or update_fields is not None or not instance.pk or not settings.ACCESS_RECORD_KEY:
        return
    before = type(instance)._default_manager.filter(pk=instance.pk).values_list("password", flat=True).first()
    if before is not None and before != instance.password:
        actor = get_active_log_context().user or access_log.SOMEBODY
        access_log.write(Action.PASSWORD, actor, detail=f"{instance.get_username()}: changed")


@receiver([authenticator_added, authenticator_removed, authenticator_reset])
def log_factor(user: Staff, authenticator: Authenticator, signal: Signal, **kwargs: Extra) -> None:
    """Which kind of factor was set up, made anew or removed."""
    what = {authenticator_added: "added", authenticator_removed: "removed"}.get(signal, "made anew")
    access_log.write(Action.FACTOR, user, detail=f"{authenticator.type} {what}")


@receiver(authentication_failed)
def log_wrong_code(user: Staff, **kwargs: Extra) -> None:
    """After the right password, so it matters more than a failed sign-in."""
    access_log.write(Action.WRONG_CODE, user)


@receiver(user_login_failed)
def log_failed_sign_in(credentials: dict[str, Extra], request: HttpRequest | None = None, **kwargs: Extra) -> None:
    """Only for names of accounts that exist: what else was typed as a name may be a password."""
    name = str(credentials.get("username") or "")
    user = getattr(request, "user", None)
    if settings.ACCESS_RECORD_KEY and user is not None and user.is_authenticated:
        access_log.write(Action.SIGN_IN_FAILED, user, detail="wrong password, asked again while signed in")
        return
    if settings.ACCESS_RECORD_KEY and get_user_model().objects.filter(username=name).exists():
        access_log.write(Action.SIGN_IN_FAILED, access_log.SOMEBODY, detail=name)


@receiver(account_unlocked)
def log_unlock(user: Staff, actor: Staff, **kwargs: Extra) -> None:
    access_log.write(Action.ACCOUNT, actor, detail=f"{user.get_username()}: unlocked")


@receiver(m2m_changed, sender=get_user_model().groups.through)
def log_roles(instance: Staff, action: str, pk_set: set[int] | None, reverse: bool = False, **kwargs: Extra) -> None:
    """Which roles an account got or lost, and who did it. Not where a command does it: it makes accounts with their roles."""
    verb = {"post_add": "got", "pre_remove": "lost", "pre_clear": "lost all"}.get(action)
    actor = get_active_log_context().user
    if reverse or not verb or actor is None or not settings.ACCESS_RECORD_KEY or not (pk_set or action == "pre_clear"):
        return
    names = ", ".join(Group.objects.filter(pk__in=pk_set or ()).order_by("name").values_list("name", flat=True))
    access_log.write(Action.ACCOUNT, actor, detail=f"{instance.get_username()}: {verb} {names}".strip())


@receiver(pre_save, sender=settings.AUTH_USER_MODEL)
def log_account(instance: Staff, update_fields: frozenset[str] | None = None, raw: bool = False, **kwargs: Extra) -> None:
    """Who disabled or enabled an account, or made it an administrator's."""
    actor = get_active_log_context().user
    before = (
        type(instance)._default_manager.filter(pk=instance.pk).first() if instance.pk and actor and not raw and not update_fields else None
    )
    if before is None or not settings.ACCESS_RECORD_KEY:
        return
    changes = [name for name in ("is_active", "is_superuser") if getattr(before, name) != getattr(instance, name)]
    if changes:
        detail = ", ".join(f"{name.removeprefix('is_')}: {'yes' if getattr(instance, name) else 'no'}" for name in changes)
        access_log.write(Action.ACCOUNT, actor, detail=f"{instance.get_username()}: {detail}")


@receiver(signed_form_opened)
def log_signed_form(consent: PhotoConsent, user: Staff, **kwargs: Extra) -> None:
    access_log.write(Action.SIGNED_FORM, user, detail=f"consent {consent.pk}")


@receiver(pre_save, sender=RequestPolicy)
def log_retention(instance: RequestPolicy, raw: bool = False, **kwargs: Extra) -> None:
    """Who changed for how long requests are kept, from what to what."""
    before = RequestPolicy.objects.filter(pk=instance.pk).first() if instance.pk and not raw else None
    if before is None or not settings.ACCESS_RECORD_KEY:
        return
    names = [field.name for field in RequestPolicy._meta.fields if not field.primary_key]
    changes = [
        f"{name}: {getattr(before, name)} → {getattr(instance, name)}" for name in names if getattr(before, name) != getattr(instance, name)
    ]
    if changes:
        access_log.write(Action.SETTINGS, get_active_log_context().user or access_log.SITE, detail=", ".join(changes))
