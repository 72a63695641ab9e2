"""Whether files have changed: by what their directories say of them, or else by what is in them."""
