"""``python -m newsletter`` is the command ``newsletter``."""

from newsletter.cli import main

if __name__ == "__main__":  # and not where a process that is started anew looks for its work
    main(prog_name="newsletter")
