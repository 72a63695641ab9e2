"""What readers will see, while it is being written: a local web server, and a page to be mailed for sign-off."""
