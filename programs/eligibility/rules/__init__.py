"""Rule kinds by family. Each is a frozen value: parameters in, ``find(facts, on)`` out."""
