"""The clauses of the service plan, and the records that bear witness to each."""
