"""What is the same for all addresses of one source, found once."""

from __future__ import annotations

from extract.fetch.addresses import Address, BadAddress, parse_address
from extract.fetch.ask import Wish
from extract.fetch.networks import named_hosts
from extract.fetch.settings import Known
from extract.models import Source


class Errand:
    """One source on the web: the private hosts that it names itself, and its credentials with the host they are for."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.named = named_hosts(source)
        try:
            own = parse_address(source.url) if source.url else None
        except BadAddress:
            own = None
        self._credentials = own.credentials if own else None
        self._credentials_for = own.host_key if own else ""

    def wish(self, address: Address, accept: str, limit: int, known: Known | None = None) -> Wish:
        """What the source wishes for one of its addresses."""
        return Wish(
            address=address,
            accept=accept,
            limit=limit,
            named=self.named,
            every_seconds=self.source.every_seconds,
            credentials=address.credentials or self._credentials,
            credentials_for=address.host_key if address.credentials else self._credentials_for,
            known=known,
        )
