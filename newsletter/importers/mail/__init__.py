"""Mails: what is in them, and which part of a letter is a text for readers.

messages.py opens .eml and .msg files, parts.py finds texts and attachments, letter.py takes
quotations, signatures and forwarded headers off a text.
"""
