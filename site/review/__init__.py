"""Review of medical pages: none goes live without a clinician's approval of exactly its text."""
