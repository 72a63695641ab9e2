"""What is done with words: Markdown, wrapping, dates and addresses in them. Nothing here knows what
an issue is.
"""
