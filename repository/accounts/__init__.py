"""People, organisations, sign-in, sessions and API tokens."""
