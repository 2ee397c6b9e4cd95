"""Nothing medical goes live without a clinician's approval of exactly that text."""
