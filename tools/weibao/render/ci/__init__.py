"""Findings and differences as continuous integration takes them."""
