"""Two database roles on PostgreSQL: what a public process may read and write, enforced by the database itself."""
