"""Rules on one record: what it says by itself and beside the configuration (R1xx, R2xx, Xxxx)."""
