"""Search: knows documents, not lectures or questions. The index is a cache and can always be rebuilt."""
