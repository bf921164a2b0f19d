"""What papers need of the machine."""
