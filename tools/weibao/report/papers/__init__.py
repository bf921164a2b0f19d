"""What papers tell beyond what a Book, an Audit and the figures tell already: facts, and no words."""
