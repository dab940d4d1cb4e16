"""From the web or a file to figures; pure but for `extract.fetch`."""
