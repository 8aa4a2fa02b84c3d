"""How the API speaks: strict input, cursor pages, rates, and problems instead of errors."""
