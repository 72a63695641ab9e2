"""A Word document (ECMA-376, WordprocessingML), read by mammoth.

    bytes --open_package--> Package --read_document--> HTML --piece_of--> Piece

package.py looks into the zip before anything is read from it. document.py takes its parts: changes
are settled by changes.py; tidying.py edits the trees in place, and only where mammoth would lose
words, show what readers do not see, or fail (tables, lists, drawings, fields and equations have a
module each, and styles.py says what a style means); comments.py marks where questions belong;
conversion.py has mammoth make HTML of it. piece.py makes Markdown and fields of that.
"""
