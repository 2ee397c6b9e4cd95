"""The whole storm, for `make bench`: 2,000 posts from 50 browsers, then 50 kills at random points.

python tests/system/storm.py [--database postgres://…] [--clients 50] [--each 40] [--kills 50]
"""

import argparse
import json
import random
import shutil
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.system.running import Site, problems_of, send_many


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", default="")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--each", type=int, default=40)
    parser.add_argument("--kills", type=int, default=50)
    options = parser.parse_args()
    site = Site(options.database)
    try:
        site.start()
        site.wait()
        began = time.monotonic()
        tally = send_many(site, options.clients, options.each)
        seconds = time.monotonic() - began
        calm = len(tally.acknowledged)
        done = threading.Event()

        def kill_now_and_then() -> None:
            for _number in range(options.kills):
                time.sleep(random.uniform(0.05, 1.5))
                name = random.choice(("web", "worker"))
                site.kill(name)
                site.start(name)
                if name == "web":
                    site.wait()
            done.set()

        threading.Thread(target=kill_now_and_then).start()
        rounds = 0
        while not done.is_set():
            rounds += 1
            send_many(site, 6, 4, label=f"-{rounds}", tally=tally)
        site.wait_for_mails(2 * len(tally.acknowledged), seconds=600)
        found = problems_of(site, tally)
        result = {
            "posts": calm, "clients": options.clients, "seconds": round(seconds, 1), "posts_per_second": round(calm / seconds, 1),
            "kills": options.kills, "acknowledged_during_kills": len(tally.acknowledged) - calm, "retries": tally.retries,
            "statuses": {str(status): tally.statuses.count(status) for status in sorted(set(tally.statuses))}, "problems": found,
        }  # fmt: skip
        print(json.dumps(result))
        return 1 if found else 0
    finally:
        site.stop()
        shutil.rmtree(site.folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
