"""Show what readers will see while the issue is written: a local web server, and a file to be mailed for sign-off."""
