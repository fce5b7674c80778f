"""``python data/make_samples``: write the sample reports, the registry and the gold."""

import sys
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from make_samples.build import main

if __name__ == "__main__":
    raise SystemExit(main())
