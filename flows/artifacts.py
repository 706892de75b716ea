"""What a run leaves in Prefect for whoever looks there: tables of what was fetched and read, a link to the report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from prefect.artifacts import create_link_artifact, create_table_artifact

from flows.records import Enriched, Harvested


def leave_harvest(harvested: Sequence[Harvested]) -> None:
    table = [
        {
            "blog": result.blog,
            "fetched": result.summary.fetched if result.summary else 0,
            "unchanged": result.summary.unchanged if result.summary else 0,
            "failed": sum(n for _, n in result.summary.failed) if result.summary else 0,
            "why": ", ".join(f"{why} {n}" for why, n in result.summary.failed) if result.summary else "",
            "problem": result.problem or "",
        }
        for result in harvested
    ]
    create_table_artifact(key="harvest", table=table, description="What the crawl fetched, and what failed and why.")


def leave_enriched(enriched: Sequence[Enriched]) -> None:
    table = [
        {
            "blog": result.blog,
            "pages": result.pages,
            "read": result.read,
            "posts": result.posts,
            "quarantined": result.quarantined,
            "problem": result.problem or "",
        }
        for result in enriched
    ]
    create_table_artifact(key="enrich", table=table, description="Pages read, posts held, pages quarantined.")


def leave_report(report: Path) -> None:
    create_link_artifact(
        key="report", link=report.resolve().as_uri(), link_text=report.name, description="The trend report of this run."
    )
