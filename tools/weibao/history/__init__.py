"""What git proves: plumbing, the versions of each file, claims made into proven entries, integrity."""
