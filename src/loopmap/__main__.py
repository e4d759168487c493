"""``python -m loopmap``."""

from loopmap.cli import main

if __name__ == "__main__":
    main()
