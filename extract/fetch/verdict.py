"""What an answer is: a new page, one that is stored already, or none, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from extract.fetch import media
from extract.fetch.answers import NOT_MODIFIED, reason_of_page, reason_of_redirect
from extract.fetch.client import Answer
from extract.fetch.listing import Job
from extract.fetch.records import new_page
from extract.fetch.settings import Known
from extract.models import Fetch, Fetched, Page


def judge(job: Job, answer: Answer, record: Fetch, *, known: Mapping[str, Known], reached: dict[str, str]) -> Fetched:
    """A page, unchanged, or the reason why the answer is no article.

    record: of the attempt so far
    reached: name of each page at the end of redirects to the address that led there first; added to
    """
    if answer.status == NOT_MODIFIED:
        return _not_modified(record, known.get(record.url))
    declared, charset = media.parse_content_type(answer.headers.get("content-type"))
    reason = _reason(job, answer, declared)
    if reason:
        return Fetched(replace(record, reason=reason, detail=declared, size_bytes=len(answer.body)))
    url = answer.address.name
    first = reached.setdefault(url, job.address.name)
    if first != job.address.name:
        return Fetched(replace(record, reason="duplicate_address", detail=f"leads to {url}, as {first} does"))
    page = Page(
        url=url,
        source=job.source.name,
        body=answer.body,
        media_type=media.article_type(answer.body, declared) or "text/html",
        fetched_at=record.fetched_at,
        charset=charset,
        outlet=job.source.outlet,
        published_at=job.published_at,
        published_from=job.source.kind if job.published_at else None,
        language=job.source.language,
    )
    return new_page(page, known, record=replace(record, outcome="page"))


def _not_modified(record: Fetch, known: Known | None) -> Fetched:
    if known is None or not known.sha256:
        return Fetched(replace(record, reason="unexpected_status", detail="304, though nothing is stored"))
    return Fetched(
        replace(
            record,
            outcome="unchanged",
            sha256=known.sha256,
            etag=record.etag or known.etag,
            last_modified=record.last_modified or known.last_modified,
            page_url=known.page_url,
        )
    )


def _reason(job: Job, answer: Answer, declared: str) -> str | None:
    """Why the answer is no article, null if it may be one."""
    if not answer.body.strip():
        return "empty"
    if answer.address.name != job.address.name and (
        reason := reason_of_redirect(job.address.path, answer.address.name)
    ):
        return reason
    if media.looks_binary(answer.body):
        return "binary" if declared in media.HTML_TYPES | media.TEXT_TYPES else "not_an_article_type"
    kind = media.article_type(answer.body, declared)
    if kind is None:
        return "not_an_article_type"
    return reason_of_page(answer.body) if kind == "text/html" else None
