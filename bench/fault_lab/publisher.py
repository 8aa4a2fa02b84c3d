"""People who publish needs over HTTP and try again until they are told that it worked."""

import http.client
import json
import time
from dataclasses import dataclass, field
from threading import Lock, Thread

CLIENTS = 4
PATIENCE_S = 20
PAUSE_S = 0.2


@dataclass
class Tally:
    """What the clients were told."""

    wanted: int
    started: int = 0
    confirmed: list[int] = field(default_factory=list)
    refusals: dict[str, int] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def next_number(self) -> int | None:
        with self.lock:
            if self.started >= self.wanted:
                return None
            self.started += 1
            return self.started

    def confirm(self, need: int, seconds: float) -> None:
        with self.lock:
            self.confirmed.append(need)
            self.seconds.append(seconds)

    def refuse(self, reason: str) -> None:
        with self.lock:
            self.refusals[reason] = self.refusals.get(reason, 0) + 1


def publish_all(tally: Tally, port: int, *, clients: int = CLIENTS) -> list[Thread]:
    """Start the clients; join them to wait for the last confirmation."""
    threads = [Thread(target=_client, args=(tally, port), daemon=True) for _ in range(clients)]
    for thread in threads:
        thread.start()
    return threads


def _client(tally: Tally, port: int) -> None:
    while (number := tally.next_number()) is not None:
        while not _publish(tally, port, number):
            time.sleep(PAUSE_S)


def _publish(tally: Tally, port: int, number: int) -> bool:
    begun = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    try:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/publish", f"number={number}", headers)
        response = connection.getresponse()
        body = response.read()
    except (OSError, http.client.HTTPException) as error:
        tally.refuse(type(error).__name__)
        return False
    finally:
        connection.close()
    if response.status == http.client.CONFLICT:  # a rule says no: trying again changes nothing
        raise RuntimeError(body.decode())
    if response.status != http.client.OK:
        tally.refuse(str(response.status))
        return False
    tally.confirm(json.loads(body)["need"], time.monotonic() - begun)
    return True
