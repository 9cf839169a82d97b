"""Web push: what a reminder says on a screen, and how it gets there."""
