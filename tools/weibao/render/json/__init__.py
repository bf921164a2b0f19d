"""Results as JSON, described by ``schemas/output/``."""
