"""How staff sign in: password and second factor, or a passkey alone. Patients have no accounts."""
