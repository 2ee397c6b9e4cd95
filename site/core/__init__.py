"""The base of every page: page class, blocks, clinic details, clinicians, references, glossary, structured data."""
