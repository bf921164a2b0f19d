"""Papers, from a repository to a file: what each is commissioned with, and how its file is put down."""
