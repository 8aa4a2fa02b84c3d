"""Published and hand-worked cases put to the metrics: files in, what passed and failed out."""
