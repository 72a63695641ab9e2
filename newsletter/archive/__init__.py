"""The way out to the web: all issues of a newsletter as a static site.

    all issues --read_archive--> Archive --all_pages--> Pages --write_site--> files

A Page says what it is made of, by a digest, and is made only when it has to be.
"""
