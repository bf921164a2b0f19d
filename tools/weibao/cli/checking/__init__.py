"""What ``check`` does: which files are judged, once or at each save."""
