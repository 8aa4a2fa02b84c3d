"""Who may be meant: organizations alike by name and place, clusters that fit."""
