"""Use cases that write: keeping and forgetting the owner's access to a Source."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.crypto import Vault
from app.sources.models import SourceAccount, SourceSwitch


def find(session: Session, source_key: str) -> SourceAccount | None:
    """The organization's access to a Source, if there is one."""
    return session.scalar(select(SourceAccount).where(SourceAccount.source_key == source_key))


def opened(session: Session, source_key: str, vault: Vault) -> dict[str, str]:
    """The keys and tokens for a Source; empty where none are kept. Raises UserError."""
    account = find(session, source_key)
    return vault.open(account.secret) if account else {}


def keep(
    session: Session,
    source_key: str,
    values: dict[str, str],
    vault: Vault,
    by_id: int | None,
    clock: Clock,
) -> SourceAccount:
    """Keep `values`, laid over what is kept already; whatever asked for attention is settled."""
    account = find(session, source_key)
    if account is None:
        account = SourceAccount(
            source_key=source_key,
            secret=vault.seal(values),
            connected_at=clock(),
            connected_by_id=by_id,
        )
        session.add(account)
    else:
        account.secret = vault.seal(vault.open(account.secret) | values)
        account.needs_attention = None
    session.flush()
    return account


def needs_attention(session: Session, source_key: str, says: str) -> None:
    """Note what the owner must do before the access works again."""
    account = find(session, source_key)
    if account is not None:
        account.needs_attention = says
        session.flush()


def forget(session: Session, source_key: str) -> None:
    """Delete the access."""
    session.execute(delete(SourceAccount).where(SourceAccount.source_key == source_key))


def switches(session: Session) -> dict[str, bool]:
    """What the organization decided, by source."""
    return {row.source_key: row.on for row in session.scalars(select(SourceSwitch))}


def switch(session: Session, source_key: str, on: bool, by_id: int | None, clock: Clock) -> None:
    """Decide whether a source is read."""
    row = session.scalar(select(SourceSwitch).where(SourceSwitch.source_key == source_key))
    if row is None:
        row = SourceSwitch(source_key=source_key)
        session.add(row)
    row.on, row.switched_at, row.switched_by_id = on, clock(), by_id
    session.flush()
