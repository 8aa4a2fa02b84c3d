"""Who may see and do what with sketches of needs and introductions."""

from matching.policies.sketches import own_sketches

__all__ = ["own_sketches"]
