"""What a record is: strict YAML with line numbers, schemas, the typed records, their lifecycles."""
