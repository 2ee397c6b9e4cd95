"""The gate that checks every save of a live page, and the protection of records that live pages depend on."""
