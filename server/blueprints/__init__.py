"""Doors: who asks, what for, and what they hear. Views of a few lines, bound by server.doors."""
