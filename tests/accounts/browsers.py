"""Signing in as people do, with or without a second factor."""

import base64
import hashlib
import hmac
import time
from types import SimpleNamespace
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from accounts.models import User
from tests.factories import UserFactory

PASSWORD = "uvas-verdes-del-valle"
SECRET = base64.b32encode(b"veinte bytes de clave").decode()


def person(**fields: Any) -> User:
    """Return somebody who can sign in with the password above."""
    user: User = UserFactory(**fields)
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def with_app(user: User) -> User:
    """Give them an app with codes, and recovery codes."""
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def code(steps: int = 0) -> str:
    """Return what the app shows: RFC 6238, computed here and not by what is tested."""
    counter = (int(time.time()) // 30 + steps).to_bytes(8, "big")
    digest = hmac.new(base64.b32decode(SECRET), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"


def recovery_code(user: User) -> str:
    """Return one that has not been used."""
    row = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    return str(row.wrap().get_unused_codes()[0])


def give_password(user: User, **client: Any) -> tuple[Client, Any]:
    """Post the address and the password; return the browser and the answer."""
    browser = Client(**client)
    answer = browser.post("/es/accounts/login/", {"login": user.email, "password": PASSWORD})
    return browser, answer


def signed_in(user: User, **client: Any) -> Client:
    """Return a browser in which they are signed in, second factor included."""
    browser, answer = give_password(user, **client)
    if "2fa" in answer["Location"]:
        answer = browser.post("/es/accounts/2fa/authenticate/", {"code": code()})
    assert answer.status_code == 302, answer.content
    return browser


def is_in(browser: Client) -> bool:
    """Say whether the browser is signed in."""
    return browser.get("/es/accounts/settings/").status_code == 200


def prove(browser: Client) -> None:
    """Show the password once more, as before a sensitive change."""
    assert browser.post("/es/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302


def proved(user: User) -> Client:
    """Return a browser in which they are signed in and have just proved that it is they."""
    browser = Client()
    browser.force_login(user)
    session = browser.session
    record_authentication(SimpleNamespace(session=session), user, "password", reauthenticated=True)
    session.save()
    return browser
