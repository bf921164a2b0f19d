"""Whether records only ever grew: the versions of files, and what they lost."""
