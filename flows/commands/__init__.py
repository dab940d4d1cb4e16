"""The commands of the command line, one module a group; flows/cli.py puts them together."""
