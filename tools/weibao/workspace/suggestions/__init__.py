"""What may come next, and what may be offered where a step asks for something."""
