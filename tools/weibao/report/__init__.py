"""What views show: the Book of one commit, and what is worked out of Books."""
