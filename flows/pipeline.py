"""The flow `pipeline`: crawl, read, report. This is what `sectorscope run` does and `sectorscope schedule` repeats."""

# No postponed annotations in modules of flows: Prefect sends a flow to its process without the names they would need.

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from prefect import flow

from flows.enrich import enrich
from flows.enrich import runner as enrich_runner
from flows.harvest import harvest
from flows.harvest import runner as harvest_runner
from flows.lexicon import lexicon_of
from flows.records import RunOutcome
from flows.report_trends import report_trends
from flows.workspace import Workspace


@flow(name="pipeline")
def pipeline(
    root: str, blogs: Sequence[str] = (), themes: Sequence[str] = (), overrides: Mapping[str, Any] | None = None
) -> RunOutcome:
    """Take the workspace at ``root`` from its blogs to its report; see the three flows it is made of."""
    workspace = Workspace(Path(root))
    settings = workspace.settings()
    lexicon_of(workspace)  # a broken themes.toml is said before an hour of crawling, not after
    harvested = harvest.with_options(task_runner=harvest_runner(settings.parallel_hosts))(root, blogs, overrides)
    enriched = enrich.with_options(task_runner=enrich_runner(settings.enrich))(root, blogs)
    report = report_trends(root, themes)
    return RunOutcome(harvested=tuple(harvested), enriched=tuple(enriched), report=report)
