"""What Postgres holds: schemas, roles, the clock, the ledger, loads and publication."""
