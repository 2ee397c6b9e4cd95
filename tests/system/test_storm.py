"""Many at once, and processes killed in the middle: nothing acknowledged is lost, nothing is there twice."""

import os
import random
import threading
import time

import pytest

from tests.system.running import Site, problems_of, send_many

CLIENTS, EACH, KILLS = 20, 8, 4


@pytest.mark.skipif(not os.environ.get("FULL"), reason="takes most of a minute: set FULL=1")
def test_many_at_once_while_processes_are_killed(site: Site) -> None:
    """The full storm (2,000 posts, 50 kills) runs in `make bench`."""
    site.start()
    site.wait()
    tally = send_many(site, CLIENTS, EACH)
    assert len(tally.acknowledged) == CLIENTS * EACH
    done = threading.Event()

    def kill_now_and_then() -> None:
        for number in range(KILLS):
            time.sleep(random.uniform(0.2, 1.5))
            name = ("worker", "web")[number % 2]
            site.kill(name)
            site.start(name)
            if name == "web":
                site.wait()
        done.set()

    killer = threading.Thread(target=kill_now_and_then)
    killer.start()
    rounds = 0
    while not done.is_set() or rounds == 0:
        rounds += 1
        send_many(site, 4, 3, label=f"-{rounds}", tally=tally)
    killer.join()
    assert len(tally.acknowledged) == CLIENTS * EACH + rounds * 12
    site.wait_for_mails(2 * len(tally.acknowledged), seconds=90)
    assert not problems_of(site, tally)
