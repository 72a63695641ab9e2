"""Pages to the files of a site, of which every one is whole at any moment and no link is dead.

sources.py says whether there is anything to do at all, and writing.py does it. What is in this
folder is imported from its modules: a run with nothing to do loads only sources.py and place.py.
"""
