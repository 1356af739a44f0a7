"""What the law says and what an office records: frozen types and pure rules, no I/O."""
