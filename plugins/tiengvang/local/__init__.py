"""What a laptop needs instead of servers: embedded Postgres, a sample world, its upstream."""
