"""Checkpoints: one as a value, those that git holds, and what becomes of them in a history."""
