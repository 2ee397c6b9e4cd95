"""Views for patients after sending the form: the confirmation, and self-service with a receipt code."""
