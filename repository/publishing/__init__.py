"""Publishing: records of what was approved, an append-only log, harvesting by OAI-PMH, and delivery to platforms."""
