"""How staff sign in: password and second factor, or a passkey alone."""
