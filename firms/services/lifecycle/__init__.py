"""What becomes of organizations: confirming, pausing, closing, continuing, reopening."""
