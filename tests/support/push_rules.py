"""What a push service asks of whoever sends (RFC 8030, 8188, 8292), and what it refuses."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

MOST_BODY = 4096
A_DAY_S = 24 * 3600
TOPIC = re.compile(r"[A-Za-z0-9_-]{1,32}", re.ASCII)
TOKEN = re.compile(r"vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), ?k=([\w-]+)", re.ASCII)


class Refusal(Exception):
    """What a real service would refuse, with the status that it answers."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def check(
    method: str, headers: Mapping[str, str], body: bytes, now_s: float | None
) -> Mapping[str, Any]:
    """What RFC 8030, 8188 and 8292 ask of a sender. Raises Refusal."""
    if method != "POST" or not headers.get("ttl", "").isdigit():
        raise Refusal(400)
    if headers.get("content-encoding") != "aes128gcm":
        raise Refusal(415)
    if headers.get("urgency", "normal") not in {"very-low", "low", "normal", "high"}:
        raise Refusal(400)
    if not TOPIC.fullmatch(headers.get("topic", "t")):
        raise Refusal(400)
    if len(body) > MOST_BODY:
        raise Refusal(413)
    return verify(headers.get("authorization", ""), headers["host"], now_s)


def verify(authorization: str, host: str, now_s: float | None) -> Mapping[str, Any]:
    """The claims of a token that is for this service and in date. Raises Refusal."""
    claims, public = read_token(authorization)
    late = now_s is not None and not 0 < claims["exp"] - now_s <= A_DAY_S
    contact = str(claims.get("sub", ""))
    if claims["aud"] != f"https://{host}" or late or not contact.startswith(("mailto:", "https:")):
        raise Refusal(403)
    return {**claims, "k": public}


@lru_cache(maxsize=64)
def read_token(authorization: str) -> tuple[dict[str, Any], bytes]:
    """The claims of a VAPID header and the key that signed them. Raises Refusal."""
    form = TOKEN.fullmatch(authorization)
    if form is None:
        raise Refusal(401)
    head, claims, signature, public = form.groups()
    point, signed = _bytes(public), _bytes(signature)
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    parts = (int.from_bytes(signed[:32], "big"), int.from_bytes(signed[32:], "big"))
    try:
        key.verify(encode_dss_signature(*parts), f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
    except InvalidSignature as failure:
        raise Refusal(403) from failure
    told: dict[str, Any] = json.loads(_bytes(claims))
    return told, point


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
