"""Addresses of the consultation form and of what patients open after sending."""

from django.urls import path

from consultations.views import confirmation, self_service
from page_tree.views import serve

app_name = "consultation"

urlpatterns = [
    # The form stands on a page of the tree, whose own address is fixed.
    path("", serve, {"path": "consultation/"}, name="form"),
    path("sent/", confirmation.sent, name="sent"),
    path("receipt/", self_service.receipt, name="receipt"),
    path("receipt/message/", self_service.message, name="message"),
    path("receipt/withdraw/", self_service.withdraw, name="withdraw"),
    path("receipt/leave/", self_service.leave, name="leave"),
]
