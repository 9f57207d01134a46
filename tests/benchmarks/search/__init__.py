"""Search beside its peers, on the same documents and queries."""
