"""Audit: what an auditor asks of a Book. Quality of the evidence, clauses of the plan, samples."""
