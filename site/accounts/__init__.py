"""Members of staff: users, sign-in, second factor, roles and what each role may do. Patients have no accounts."""
