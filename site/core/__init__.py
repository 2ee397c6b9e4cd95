"""What every page stands on: base page, blocks, clinic details, people, references."""
