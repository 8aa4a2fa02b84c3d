"""Finding records that are one organization, answering about them, uniting and parting them."""
