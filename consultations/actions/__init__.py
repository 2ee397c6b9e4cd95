"""What changes a consultation request. Each action checks, acts and writes the access log in one transaction."""
