"""Rules on a Book: evidence, service levels and operations (Exxx, Sxxx, Oxxx)."""
