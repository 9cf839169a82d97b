"""Everything that shows Rollbook right; may import everything."""
