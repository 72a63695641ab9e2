"""Type as a typesetter sets it: curly quotes, dashes, ellipses and spaces that do not break.

An author types what a keyboard has, and each language has its own signs for it. Only punctuation
and spaces are changed, never a letter or a digit; what is set already stays as it is. Addresses,
code, merge tags and escaped signs are left alone.

languages.py says what each language has, quotes.py which way a quote turns, signs.py has dashes,
ellipses and spaces, setting.py changes lines, titles and Markdown.
"""

from newsletter.text.typography.languages import has_rules
from newsletter.text.typography.setting import set_blocks, set_line, set_title

__all__ = ["has_rules", "set_blocks", "set_line", "set_title"]
