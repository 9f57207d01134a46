"""A reading process that misbehaves as the name of the file says; another file has one page."""

import json
import os
import sys
import time
from pathlib import Path


def main() -> None:
    for line in sys.stdin:
        wish = Path(json.loads(line)["path"]).name
        if wish == "die":
            os.abort()
        if wish == "hang":
            time.sleep(60)
        if wish == "babble":
            sys.stdout.write("no json\n")
        elif wish == "environment":
            print(json.dumps({"pages": sum(name.startswith("HOCLIEU") for name in os.environ)}))
        else:
            print(json.dumps({"pages": 1}))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
