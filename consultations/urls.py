"""URLs of the consultation form and of the views that patients open after sending it."""

from django.urls import path

from consultations.uploads import too_large
from consultations.views import confirmation, self_service
from page_tree.views import serve

app_name = "consultation"

urlpatterns = [
    # The form is on a page of the page tree with a fixed address. This gives that address a name.
    path("", serve, {"path": "consultation/"}, name="form"),
    path("too-large/", too_large, name="too_large"),
    path("sent/", confirmation.sent, name="sent"),
    path("receipt/", self_service.receipt, name="receipt"),
    path("receipt/message/", self_service.message, name="message"),
    path("receipt/withdraw/", self_service.withdraw, name="withdraw"),
    path("receipt/leave/", self_service.leave, name="leave"),
]
