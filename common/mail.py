"""Mail is a row first: written with the change that causes it, handed over by a worker.

Whatever Django or allauth sends goes the same way, by ``EffectBackend``. A message keeps its
Message-ID over every attempt, so that a copy sent twice after a crash is one message to a reader.
"""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from common.ids import new_public_id
from common.jobs.effects import (
    NewEffect,
    NotSentError,
    Outgoing,
    RefusedError,
    TransportDownError,
    record,
)

KIND = "mail"
PERMANENT = 500  # SMTP answers from here on do not change by asking again


def send(to: str, subject: str, body: str, *, dedup: str, resend_safe: bool = True) -> bool:
    """Write a text mail in the caller's transaction; answer whether it is new.

    ``dedup`` names the occasion ("invitation:17"): one occasion is one mail, for ever. Pass
    ``resend_safe=False`` for what must rather be missed than read twice, such as a digest.
    """
    message = EmailMessage(" ".join(subject.split()), body, to=[to])
    return _record(message, dedup=f"{KIND}:{dedup}", resend_safe=resend_safe)


@dataclass(frozen=True)
class Letter:
    """A mail in text, with the same as HTML where there is more than a few lines."""

    to: str
    subject: str
    text: str
    html: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def send_letter(letter: Letter, *, dedup: str, resend_safe: bool = True) -> bool:
    """Write a letter in the caller's transaction, as ``send`` does."""
    subject = " ".join(letter.subject.split())
    headers = dict(letter.headers)
    message = EmailMultiAlternatives(subject, letter.text, to=[letter.to], headers=headers)
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    return _record(message, dedup=f"{KIND}:{dedup}", resend_safe=resend_safe)


class EffectBackend(BaseEmailBackend):
    """Django's EMAIL_BACKEND: keeps messages as rows instead of sending them."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write every message or none; return how many."""
        with transaction.atomic():
            return sum(_record(message) for message in email_messages)


def deliver(effect: Outgoing) -> None:
    """Hand a kept message to the transport, under its own Message-ID."""
    transport = get_connection(fail_silently=False, **settings.MAIL_TRANSPORT)
    with closing(transport):
        try:
            transport.open()
        except SMTPResponseException as error:
            raise TransportDownError(f"{error.smtp_code} on connecting") from error
        except OSError as error:
            raise TransportDownError(type(error).__name__) from error
        try:
            transport.send_messages([_message(effect)])
        except (SMTPRecipientsRefused, SMTPResponseException) as error:
            raise _answer_of(error) from error


def _record(message: EmailMessage, *, dedup: str = "", resend_safe: bool = True) -> bool:
    if message.attachments:
        raise ValueError("Mail is kept as text: link to a page instead of attaching a file.")
    message.message()  # raises on a header with a line break, while the sender can still see it
    message_id = f"<{new_public_id()}@{urlsplit(settings.SITE_ORIGIN).hostname}>"
    recipients = message.recipients()
    return bool(recipients) and record(
        NewEffect(
            kind=KIND,
            dedup=dedup or f"{KIND}:{message_id}",
            message_id=message_id,
            recipient=recipients[0],
            payload=_payload(message),
            resend_safe=resend_safe,
        )
    )


def _payload(message: EmailMessage) -> dict[str, Any]:
    alternatives = getattr(message, "alternatives", [])
    return {
        "subject": str(message.subject),
        "body": str(message.body),
        "from_email": message.from_email,
        "to": list(message.to),
        "cc": list(message.cc),
        "bcc": list(message.bcc),
        "reply_to": list(message.reply_to),
        "headers": {name: str(value) for name, value in message.extra_headers.items()},
        "alternatives": [[str(content), str(mimetype)] for content, mimetype in alternatives],
    }


def _message(effect: Outgoing) -> EmailMultiAlternatives:
    fields = dict(effect.payload)
    headers = {**fields.pop("headers"), "Message-ID": effect.message_id}
    alternatives = [(content, mimetype) for content, mimetype in fields.pop("alternatives")]
    return EmailMultiAlternatives(**fields, headers=headers, alternatives=alternatives)


def _answer_of(error: SMTPRecipientsRefused | SMTPResponseException) -> Exception:
    """Translate the server's answer; it is given before or instead of taking the message."""
    if isinstance(error, SMTPAuthenticationError):
        return TransportDownError("The mail server does not accept our password.")
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
    else:
        codes = [error.smtp_code]
    kind = RefusedError if min(codes) >= PERMANENT else NotSentError
    what = "message" if isinstance(error, SMTPDataError) else "recipient or sender"
    return kind(f"{min(codes)}: the mail server refused the {what}")
