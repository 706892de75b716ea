"""The quality gate: score every evaluation set, show the score card, fail where a figure drops below its pin.

    python -m benchmarks.quality                 score, compare with scores.json, exit 1 on a drop
    python -m benchmarks.quality --pin           the same, then raise the pins to what was measured
    python -m benchmarks.quality --only article  only the sets whose name starts so

The sets and scorers lie in the folder `shared` beside the checkout. A pin only goes up: `--pin` refuses to lower one.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared"
PINS = HERE / "scores.json"
TOLERANCE = 0.0005  # figures are printed to three or four places

Figures = dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationSet:
    """One run of a scorer: its arguments (``{json}`` is where it writes), and how its figures are picked out."""

    name: str
    command: tuple[str, ...]
    figures: Callable[[Any], Figures]


def article(report: Any) -> Figures:
    summary = next(iter(report.values()))["summary"]
    return {name: summary[name] for name in ("F1", "F1page", "wwF1") if name in summary}


def metadata(report: Any) -> Figures:
    wanted = (("date", "accuracy"), ("authors", "exact"), ("authors", "obvious_error"), ("title", "exact"))
    return {f"{what}.{figure}": report[what][figure] for what, figure in wanted if what in report}


def references(report: Any) -> Figures:
    return {"micro_f1": report["strict"]["micro"]["f1"], "all_right": report["strict"]["instance"]}


def sections(report: Any) -> Figures:
    return {"entry_f1": report["entries"]["f1"]}


def citations(report: Any) -> Figures:
    return {
        "mention_f1": report["mention"]["f1"],
        "exact_f1": report["mention_exact"]["f1"],
        "link_f1": report["link_f1"]["f1"],
    }


def entities(report: Any) -> Figures:
    labels = next(figures for name, figures in report["sets"].items() if name == "ALL")
    if "MICRO" in labels:
        return {"micro_f1": labels["MICRO"]["exact"]["f1"]}
    return {f"{label}.recall": figures["exact"]["r"] for label, figures in labels.items()}


def statistics(report: Any) -> Figures:
    return {
        "offered": float(sum(row.get("offered", 0) for row in report.values())),
        "right": float(sum(row.get("right", 0) for row in report.values())),
    }


# A figure of which less is better; every other one counts upwards.
LESS_IS_BETTER = ("authors.obvious_error",)

# The best peer's figure on the same pages, measured in November 2026 (trafilatura, readability-lxml, htmldate, newspaper4k,
# AnyStyle, en_core_web_sm as they come).
PEERS: dict[str, Figures] = {
    "article/scrapinghub": {"F1": 0.976, "F1page": 0.975},
    "article/wcxb-article": {"F1": 0.940},
    "article/wcxb-other": {"F1": 0.796},
    "article/trafilatura": {"wwF1": 0.919},
    "article/cleanportaleval": {"F1": 0.965},
    "metadata/htmldate": {"date.accuracy": 0.920, "authors.exact": 0.570, "title.exact": 0.769},
    "metadata/trafilatura": {"date.accuracy": 0.816, "authors.exact": 0.546},
    "metadata/wcxb": {"date.accuracy": 0.847, "authors.exact": 0.650, "title.exact": 0.691},
    "metadata/fundus": {"date.accuracy": 0.973, "authors.exact": 0.769, "title.exact": 0.711},
    "metadata/postlight": {"date.accuracy": 0.851, "authors.exact": 0.650},
    "metadata/blogsites": {"date.accuracy": 1.0, "authors.exact": 0.700, "title.exact": 0.954},
    "references/excite-en": {"micro_f1": 0.886, "all_right": 0.565},
    "references/parscit": {"micro_f1": 0.853, "all_right": 0.558},
    "references/grobid": {"micro_f1": 0.777, "all_right": 0.413},
    "sections/excite": {"entry_f1": 0.812},
    "citations/jats": {"mention_f1": 0.955, "exact_f1": 0.885, "link_f1": 0.907},
    "entities/uner_ewt": {"micro_f1": 0.586},
    "entities/crossner_politics": {"micro_f1": 0.645},
    "entities/wikigold": {"micro_f1": 0.610},
    "entities/wnut17": {"micro_f1": 0.292},
    "entities/gum_dates": {"DATE.recall": 0.792},
}


def evaluation_sets() -> Iterator[EvaluationSet]:
    """Every set that lies in the shared folder, in the order of the score card."""
    tools, sets = SHARED / "tools", SHARED / "eval"

    def of(tool: str, *words: str | Path) -> tuple[str, ...]:
        return (str(tools / tool), *map(str, words), "--json", "{json}")

    for file in sorted((sets / "article").glob("dev-*.jsonl.gz")):
        name = set_name(file)
        extractor = ("--extractor", "benchmarks.adapters:article_text")
        yield EvaluationSet(name=f"article/{name}", command=of("eval_article.py", file, *extractor), figures=article)
        if name == "cleanportaleval":
            site = ("--extractor", "benchmarks.adapters:article_text_site", "--per-site")
            yield EvaluationSet(
                name=f"article/{name}+site", command=of("eval_article.py", file, *site), figures=article
            )
    for file in sorted((sets / "metadata").glob("dev-*.jsonl.gz")):
        name = set_name(file)
        yield EvaluationSet(
            name=f"metadata/{name}",
            command=of("eval_metadata.py", file, "benchmarks.adapters:metadata"),
            figures=metadata,
        )
        if name == "blogsites":
            command = of("eval_metadata.py", file, "benchmarks.adapters:metadata_site", "--per-site")
            yield EvaluationSet(name=f"metadata/{name}+site", command=command, figures=metadata)
    for file in sorted((sets / "references").glob("dev-*.jsonl.gz")):
        command = of("eval_references.py", file, "--parser", "benchmarks.adapters:reference_unseen")
        yield EvaluationSet(name=f"references/{set_name(file)}", command=command, figures=references)
    file = sets / "references" / "sections-dev-excite.jsonl.gz"
    command = (str(tools / "eval_references.py"), str(file), "--sections", "benchmarks.adapters:references_section")
    yield EvaluationSet(name="sections/excite", command=command, figures=sections)
    for file in sorted((sets / "citations").glob("dev-*.jsonl.gz")):
        command = of("eval_citations.py", file, "--linker", "benchmarks.adapters:citations")
        yield EvaluationSet(name=f"citations/{set_name(file)}", command=command, figures=citations)
    for file in sorted((sets / "entities").glob("*.dev.jsonl")):
        command = of("eval_entities.py", "benchmarks.adapters:entities_batch", file, "--batch")
        yield EvaluationSet(name=f"entities/{file.name.split('.')[0]}", command=command, figures=entities)
    command = of("eval_stats.py", sets / "stats" / "cases.json", "--stat", "benchmarks.adapters:statistic")
    yield EvaluationSet(name="statistics", command=command, figures=statistics)


def set_name(file: Path) -> str:
    return file.name.removesuffix(".jsonl.gz").removeprefix("dev-")


def scored(evaluation: EvaluationSet) -> Figures:
    """Run the scorer on one set; raises RuntimeError with its last words where it fails."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "scores.json"
        command = [sys.executable, *(word.replace("{json}", str(out)) for word in evaluation.command)]
        done = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{evaluation.name}: {done.stderr.strip()[-500:]}")
        report = json.loads(out.read_text() if out.exists() else done.stdout)
    return {name: round(value, 4) for name, value in evaluation.figures(report).items() if value is not None}


def dropped(figure: str, value: float, pin: float | None) -> bool:
    if pin is None:
        return False
    return value > pin + TOLERANCE if figure in LESS_IS_BETTER else value < pin - TOLERANCE


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--pin", action="store_true", help="raise the pins to what was measured")
    arguments.add_argument("--only", default="", help="only sets whose name starts so")
    asked = arguments.parse_args()
    if not SHARED.is_dir():
        print(f"no evaluation sets at {SHARED}: nothing to score", file=sys.stderr)
        return 0
    pins: dict[str, Figures] = json.loads(PINS.read_text()) if PINS.exists() else {}
    drops = []
    print(f"{'set':30}{'figure':24}{'ours':>8}{'pinned':>8}{'best peer':>11}")
    for evaluation in evaluation_sets():
        if not evaluation.name.startswith(asked.only):
            continue
        for figure, value in scored(evaluation).items():
            pin = pins.get(evaluation.name, {}).get(figure)
            peer = PEERS.get(evaluation.name.removesuffix("+site"), {}).get(figure)
            down = dropped(figure, value, pin)
            marks = (
                "" if pin is None else f"{pin:.4g}",
                "" if peer is None else f"{peer:.4g}",
                "  DROP" if down else "",
            )
            print(f"{evaluation.name:30}{figure:24}{value:8.4g}{marks[0]:>8}{marks[1]:>11}{marks[2]}", flush=True)
            if down:
                drops.append(f"{evaluation.name} {figure}: {value} below its pin {pin}")
            elif asked.pin:
                pins.setdefault(evaluation.name, {})[figure] = value
    if asked.pin:
        PINS.write_text(json.dumps(pins, indent=1, sort_keys=True) + "\n")
    for drop in drops:
        print(f"DROP: {drop}", file=sys.stderr)
    return 1 if drops else 0


if __name__ == "__main__":
    sys.exit(main())
