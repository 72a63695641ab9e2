"""The way in: what volunteers send, read as pieces of an issue.

    Original --read--> Piece, Piece …

original.py is what is read, piece.py what comes of it, protocol.py what an importer is. Each
importer is a module in sources/, or a plug-in; its name is its file's.
"""

from newsletter.importers.original import Original, unreadable
from newsletter.importers.piece import Found, PictureFile, Piece, Related
from newsletter.importers.protocol import Changes, Context, Fit, Importer
from newsletter.importers.reading import importer_of, read

__all__ = [
    "Changes",
    "Context",
    "Fit",
    "Found",
    "Importer",
    "Original",
    "PictureFile",
    "Piece",
    "Related",
    "importer_of",
    "read",
    "unreadable",
]
