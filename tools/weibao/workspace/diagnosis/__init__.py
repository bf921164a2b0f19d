"""What a machine, a clone and the forge's files lack."""
