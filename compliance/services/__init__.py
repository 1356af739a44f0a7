"""What the office does: use cases, each load -> pure function -> save."""
