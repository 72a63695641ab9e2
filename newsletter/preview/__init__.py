"""Show what readers will see while the issue is written: a web server, and a file to be mailed."""
