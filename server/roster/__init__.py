"""Rosters from elsewhere: read safely, judged row by row, staged where they are sound."""
