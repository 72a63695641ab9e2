"""HTML of any origin to the Markdown of this program.

    HTML --parsed--> elements --blocks_of--> Blocks of Lines --laid_out--> Markdown

tree.py reads HTML of any depth; walking.py finds the blocks in it, styles.py what is bold or hidden
there; line_writing.py writes one line, with no more escapes than its reader needs;
layout.py puts the blocks together.
"""
