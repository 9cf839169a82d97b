"""Mail for who has no tablet to be reminded on: letters, and how they are posted."""
