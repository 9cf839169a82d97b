"""What an operator types, one command a file: read the words, ask a service, print what it said."""
