"""The pages that people read: a static site without scripts, made from the published warehouse.

`site.build_report` is the only door. Pages work from the disk, offline, in light and dark and on a phone. Everything
that came from a page is escaped by the templates; links are http(s) or stay inside the site.
"""
