"""Outside platforms that are told of every publication, and the receipts they sign."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx

from repository.publishing.rules import canonical_json, sha256_of
from repository.settings import Settings

TIMEOUT_SECONDS = 15.0
NATIONAL = "national"


class PlatformAway(Exception):
    """The platform could not take it now: try again later, with the same key."""


class PlatformRefused(Exception):
    """The platform will not take this, however often it is sent."""


@dataclass(frozen=True)
class Message:
    """One event on its way. ``key`` makes sending twice the same as sending once."""

    key: str
    body: Mapping[str, Any]

    @property
    def text(self) -> str:
        return canonical_json(self.body)

    @property
    def sha256(self) -> str:
        return sha256_of(self.text)


Receipt = dict[str, Any]


class Platform(Protocol):
    name: str

    def send(self, message: Message) -> Receipt:
        """Hand over an event.

        Returns:
            The receipt, its signature verified.

        Raises:
            PlatformAway: no answer, an answer that asks to come again, or a receipt that doesn't hold.
            PlatformRefused: a final no.
        """


@dataclass
class HttpPlatform:
    """A platform reached by ``POST <endpoint>`` with a bearer token, which also signs its receipts (HMAC-SHA-256)."""

    name: str
    endpoint: str
    token: str = field(repr=False)
    client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=TIMEOUT_SECONDS), repr=False)

    def send(self, message: Message) -> Receipt:
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": message.key,
        }
        try:
            answer = self.client.post(self.endpoint, content=message.text.encode(), headers=headers)
        except httpx.HTTPError as error:
            raise PlatformAway(f"{type(error).__name__}: {error}") from error
        if answer.status_code in {400, 409, 413, 422}:
            raise PlatformRefused(f"HTTP {answer.status_code}: {answer.text[:500]}")
        if not answer.is_success:
            raise PlatformAway(f"HTTP {answer.status_code}: {answer.text[:500]}")
        return checked_receipt(answer, message, self.token)


def checked_receipt(answer: httpx.Response, message: Message, token: str) -> Receipt:
    """The receipt in an answer, if it is signed and speaks of this very message."""
    try:
        receipt = answer.json()
    except ValueError as error:
        raise PlatformAway("the receipt is not JSON") from error
    if not isinstance(receipt, dict) or not is_signed(receipt, token):
        raise PlatformAway("the receipt is not signed by the platform")
    if (receipt.get("idempotency_key"), receipt.get("sha256")) != (message.key, message.sha256):
        raise PlatformAway("the receipt speaks of something else")
    return receipt


def sign(receipt: Mapping[str, Any], token: str) -> Receipt:
    """The receipt with its signature."""
    return {**receipt, "signature": signature_of(receipt, token)}


def is_signed(receipt: Mapping[str, Any], token: str) -> bool:
    """Whether the signature in a receipt is that of the token's holder."""
    unsigned = {name: value for name, value in receipt.items() if name != "signature"}
    return hmac.compare_digest(str(receipt.get("signature", "")), signature_of(unsigned, token))


def signature_of(receipt: Mapping[str, Any], token: str) -> str:
    return hmac.new(token.encode(), canonical_json(dict(receipt)).encode(), hashlib.sha256).hexdigest()


def platforms_of(settings: Settings) -> dict[str, Platform]:
    """The platforms that the settings name: none, or the national one."""
    if not settings.platform_url:
        return {}
    return {NATIONAL: HttpPlatform(NATIONAL, settings.platform_url, settings.platform_token)}
