"""What every room may use and none owns: phone numbers, client addresses, Redis, mail, logs, error pages, text."""
