"""Which Rollbook this is."""

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("rollbook")
except PackageNotFoundError:  # run from a tree that was never installed
    VERSION = "0"
