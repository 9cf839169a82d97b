"""The operations of the API, a file for each part of it; schemas/api.py has them all."""
