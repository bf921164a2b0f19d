"""A time stamp on a checkpoint: asked of an authority, verified, committed."""
