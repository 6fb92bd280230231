"""The networks of the field with and without volume preservation, trained and tested here."""
