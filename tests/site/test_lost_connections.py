"""A restarted database costs nobody a post: dead connections of the pool are noticed before they are used."""

import os

import pytest
from django.db import ConnectionHandler, connection

from config.settings.database import database_from

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the embedded database has no connections to lose")
def test_a_dead_connection_is_replaced_before_it_is_used() -> None:
    pooled = ConnectionHandler({"default": {**database_from(os.environ["TEST_DATABASE_URL"]), "NAME": connection.settings_dict["NAME"]}})
    try:
        with pooled["default"].cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (backend,) = cursor.fetchone()
        pooled["default"].close()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [backend])
        for _post in range(3):
            with pooled["default"].cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                assert cursor.fetchone() != (backend,)
            pooled["default"].close()
    finally:
        pooled["default"].close_pool()
