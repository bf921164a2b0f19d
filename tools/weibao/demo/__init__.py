"""The example contract: a year of records with a true git history, deterministic from a seed."""
