"""What is wrong: the catalogue of rules, and one module per family of findings."""
