"""Documents against their JSON Schemas, and what to say of what does not satisfy them."""
