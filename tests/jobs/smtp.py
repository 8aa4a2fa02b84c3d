"""A real mail server for tests, on this machine, that can be told to misbehave."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread
from typing import cast


class Conversation(socketserver.StreamRequestHandler):
    """SMTP as far as smtplib speaks it."""

    server: "MailServer"

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say(self.server.greeting)
        while line := self.rfile.readline():
            verb = line[:4].upper().strip()
            if verb == b"QUIT":
                self.say("221 bye")
                return
            if verb == b"DATA":
                if not self.take():
                    return
            else:
                self.say(self.server.to_recipient if verb == b"RCPT" else "250 ok")

    def take(self) -> bool:
        self.say("354 go on")
        lines = iter(self.rfile.readline, b".\r\n")
        raw = b"".join(lines)
        self.server.received.append(
            cast("EmailMessage", message_from_bytes(raw, policy=policy.default))
        )
        if self.server.drops_after_data:
            return False
        self.say("250 taken")
        return True


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps what it received, and its manners."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.received: list[EmailMessage] = []
        self.greeting = "220 hello"
        self.to_recipient = "250 ok"
        self.drops_after_data = False

    @property
    def port(self) -> int:
        return int(self.server_address[1])


@contextmanager
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server
        server.shutdown()
