"""Whatever a test here tries, nothing unapproved is left in front of readers."""

from tests.reviewing import article, clinician, nothing_unapproved_at_the_end, prepared_rows  # noqa: F401 fixtures
