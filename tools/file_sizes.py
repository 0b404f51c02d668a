"""File sizes: fails when a file given is larger than one megabyte.

python -m tools.file_sizes FILE...
"""

import sys
from pathlib import Path

LIMIT = 1_000_000


def main(paths: list[str]) -> int:
    """The number of files that are too large; each is named."""
    large = [path for path in paths if Path(path).stat().st_size > LIMIT]
    for path in large:
        print(f"{path}: over {LIMIT} bytes")
    return len(large)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
