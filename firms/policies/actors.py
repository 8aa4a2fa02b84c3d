"""Whoever asks: a person signed in or not."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import User

Actor = User | AnonymousUser
