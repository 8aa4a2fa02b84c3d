"""Facts in, ranked pairs and reasons out: no database, no clock, no settings."""

ENGINE_VERSION = 1
