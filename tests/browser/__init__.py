"""A real Chromium with a profile on disk, against the real server on a real SQLite file."""
