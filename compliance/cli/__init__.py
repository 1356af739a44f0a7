"""The terminal entrance: parse, call one service, show."""
