"""Treatments, scar types, and which treatment suits which scar."""
