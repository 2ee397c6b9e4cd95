"""Pages that were rendered once for everybody: rules, store and middleware."""
