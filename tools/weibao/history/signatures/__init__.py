"""Who vouches for a commit or a checkpoint: SSH, OpenPGP, RFC 3161 time stamps."""
