"""The front desk's inbox in the admin."""
