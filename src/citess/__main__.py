"""``python -m citess``: the command line."""

from citess.cli import main

if __name__ == "__main__":
    main()
