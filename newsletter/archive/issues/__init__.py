"""One issue after another, as the archive knows it, and what is kept of it between runs.

    folder --read_issues--> PublishedIssue --opened--> Issue

Nothing here knows the whole archive.
"""
