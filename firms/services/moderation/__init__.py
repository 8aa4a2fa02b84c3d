"""What the team looks at: cases, reports, and organizations that are shown to nobody."""
