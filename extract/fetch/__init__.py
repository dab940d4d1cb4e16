"""The only network code, and the readers of files."""
