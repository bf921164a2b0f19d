"""What takes several sentences: a difference as a story, from what matters most."""
