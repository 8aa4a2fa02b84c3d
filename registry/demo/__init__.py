"""The demo world: real registers, three illustrated clusters, and people to sign in as."""
