"""The outside world: files, database, spreadsheets, PDF."""
