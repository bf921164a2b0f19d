"""Git, read: objects in bulk, and a commit's files with the whole history behind it."""
