"""Score tallywire against a labelled corpus and fail where a score is below its floor.

usage: corpus.py CORPUS_FOLDER [PART…]

Each part is ingested into a warehouse of its own by the installed command, as a user would, and scored by the corpus'
own scorers.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import duckdb

TALLYWIRE = Path(sys.executable).with_name("tallywire")

# (part, score, at least), or at most where negative. Raised when a score rises for good, never lowered for a change.
FLOORS: tuple[tuple[str, str, float], ...] = (
    ("seeds", "titles", 5),
    ("seeds", "lines_kept_percent", 100),
    ("seeds", "lines_dropped", 44),
    ("seeds", "figures", 29),
    ("seeds", "whole_record", 27),
    ("seeds", "spurious_figures", -1),
    ("seeds", "contradictions", 4),
    ("seeds", "contradictions_not_expected", -2),
    ("seeds", "traps_flagged", -0.0),
    ("html", "f1", 0.94),
    ("plain", "words_lost_percent", -2.0),
    ("groups", "b_cubed_f1", 0.95),
    ("stories", "detection_f1", 0.975),
    ("stories", "measure_f1", 0.925),
    ("stories", "tracked_f1", 0.935),
    ("stories", "attribution_accuracy", 0.925),
    ("stories", "place_accuracy", 0.79),
    ("stories", "who_accuracy", 0.93),
    ("stories", "contradictions_precision_distinct", 0.72),
    ("stories", "contradictions_recall_contradictions", 0.58),
    ("tolls", "killed_top1", 81),
    ("tolls", "killed_recall", 81),
    ("tolls", "killed_precision", 73),
    ("tolls", "injured_top1", 80),
    ("tolls", "injured_recall", 77),
    ("tolls", "injured_precision", 73),
)

Scores = Mapping[str, float]


def main() -> int:
    """0 where every floor holds."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    corpus, wanted = Path(sys.argv[1]), sys.argv[2:] or list(PARTS)
    if not corpus.is_dir():
        sys.exit(f"no corpus in {corpus}: make corpus CORPUS=/path/to/it")
    with tempfile.TemporaryDirectory() as folder:
        scores = {part: PARTS[part](corpus, Path(folder)) for part in wanted}
    broken = 0
    for part, name, value in ((part, *item) for part, found in scores.items() for item in found.items()):
        floors = [floor for of_part, of_name, floor in FLOORS if (of_part, of_name) == (part, name)]
        bad = any(not _holds(value, floor) for floor in floors)
        broken += bad
        limit = f"  ({', '.join(_in_words(floor) for floor in floors)})" if floors else ""
        print(f"{'BELOW' if bad else 'ok   '} {part:8s} {name:44s} {value:9.3f}{limit}")
    missing = [f"{part} {name}" for part, name, _ in FLOORS if part in scores and name not in scores[part]]
    if missing:
        print(f"no such score: {', '.join(missing)}")
    return 1 if broken or missing else 0


def score_seeds(corpus: Path, work: Path) -> Scores:
    """Lines, figures and contradictions of the hand-made articles."""
    warehouse = _ingest(corpus / "seeds", work / "seeds.duckdb")
    out = json.loads(_run(sys.executable, corpus / "score_seeds.py", warehouse, "--json"))
    scores = {name: float(value[0] if isinstance(value, list) else value) for name, value in out.items()}
    for name in ("lines_kept", "lines_dropped"):
        scores[f"{name}_percent"] = 100.0 * out[name][0] / out[name][1]
    return scores


def score_html(corpus: Path, work: Path) -> Scores:
    """Main text of labelled pages."""
    _run(sys.executable, corpus / "score_html.py", "pages", work / "pages")
    out = _run(sys.executable, corpus / "score_html.py", _ingest(work / "pages", work / "html.duckdb"))
    found = re.search(r"P ([\d.]+)\s+R ([\d.]+)\s+F1 ([\d.]+).*dropped (\d+)/(\d+)", out)
    if found is None:
        sys.exit(f"score_html.py printed something else: {out}")
    precision, recall, f1, dropped, snippets = map(float, found.groups())
    return {"precision": precision, "recall": recall, "f1": f1, "snippets_dropped_percent": 100 * dropped / snippets}


def score_tolls(corpus: Path, work: Path) -> Scores:
    """Killed, injured and kidnapped in short reports."""
    _run(sys.executable, corpus / "score_tolls.py", "to-jsonl", work / "tolls.jsonl")
    out = _run(sys.executable, corpus / "score_tolls.py", "score", _ingest(work / "tolls.jsonl", work / "tolls.duckdb"))
    rows = re.findall(r"^(\w+) +\d+ +([\d.]+) +([\d.]+) +([\d.]+) +(\d+)/(\d+)", out, flags=re.MULTILINE)
    return dict(_toll_scores(rows))


def _toll_scores(rows: list[tuple[str, ...]]) -> Iterator[tuple[str, float]]:
    for measure, top1, recall, precision, right, bounds in rows:
        yield f"{measure}_top1", float(top1)
        yield f"{measure}_recall", float(recall)
        yield f"{measure}_precision", float(precision)
        yield f"{measure}_bounds_percent", 100 * int(right) / max(1, int(bounds))


def score_stories(corpus: Path, work: Path) -> Scores:
    """Figures and contradictions over whole stories."""
    articles, stories = corpus / "stories" / "articles", corpus / "stories"
    _run(sys.executable, corpus / "predictions.py", "articles-to-jsonl", articles, work / "stories.jsonl")
    warehouse = _ingest(work / "stories.jsonl", work / "stories.duckdb")
    for kind in ("figures", "contradictions"):
        _run(sys.executable, corpus / "predictions.py", kind, warehouse, articles, work / f"{kind}.jsonl")
    figures = json.loads(_run(sys.executable, stories / "score_figures.py", work / "figures.jsonl", "--json"))
    found = json.loads(
        _run(sys.executable, stories / "score_contradictions.py", work / "contradictions.jsonl", "--json")
    )
    named = {"detection": "1_number_detection", "measure": "2_number_and_measure"}
    named["tracked"] = "3_tracked_killed_injured_detained_deployed"
    scores = {
        f"{name}_{score}": float(figures[key][score])
        for name, key in named.items()
        for score in ("precision", "recall", "f1")
    }
    for name, entry in figures["4_attributes_on_matched"].items():
        scores[f"{name}_accuracy"] = float(entry.get("accuracy", entry.get("accuracy_where_gold_names_one")) or 0)
    for name in ("precision_pairs", "precision_distinct", "recall_contradictions", "f1", "found"):
        scores[f"contradictions_{name}"] = float(found[name])
    return scores


def score_plain(corpus: Path, work: Path) -> Scores:
    """Words lost of labelled bodies, each as plain text with the snippets of its page before, amid and behind it."""
    (work / "plain").mkdir()
    words: dict[str, Counter[str]] = {}
    with gzip.open(corpus / "html" / "dev.jsonl.gz", "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            page = json.loads(line)
            body, drop = [part for part in page["body"].split("\n") if part.strip()], page["drop"]
            third, half = len(drop) // 3, len(body) // 2
            lines = [*drop[:third], *body[:half], *drop[third : 2 * third], *body[half:], *drop[2 * third :]]
            (work / "plain" / f"{number}.txt").write_text("\n\n".join(lines), encoding="utf-8")
            words[f"file:plain/{number}.txt"] = Counter(" ".join(body).split())
    with duckdb.connect(str(_ingest(work / "plain", work / "plain.duckdb")), read_only=True) as connection:
        rows = connection.execute("SELECT url, concat_ws(' ', title, text) FROM articles").fetchall()
    kept = {url: Counter(text.split()) for url, text in rows}
    lost = sum((count - kept.get(url, Counter())).total() for url, count in words.items())
    return {"words_lost_percent": 100 * lost / sum(count.total() for count in words.values())}


def score_groups(corpus: Path, work: Path) -> Scores:
    """Whether the articles of all stories and the hand-made ones, read together, come apart into their stories."""
    (work / "groups").mkdir()
    _run(
        sys.executable,
        corpus / "predictions.py",
        "articles-to-jsonl",
        corpus / "stories" / "articles",
        work / "groups" / "a.jsonl",
    )
    for path in (corpus / "seeds").glob("*.txt"):
        shutil.copy(path, work / "groups" / path.name)
    with duckdb.connect(str(_ingest(work / "groups", work / "groups.duckdb")), read_only=True) as connection:
        rows = connection.execute("SELECT url, coalesce(story_id, article_id) FROM articles WHERE is_latest").fetchall()
    found = dict(rows)
    # The first letter of an article's number names its story; the hand-made ones are of one event.
    labelled = {url: "seeds" if url.startswith("file:") else url.rsplit("/", 1)[-1][0] for url in found}
    precision, recall = _b_cubed(found, labelled), _b_cubed(labelled, found)
    return {"b_cubed_f1": 2 * precision * recall / (precision + recall), "articles_grouped": len(found)}


def _b_cubed(given: Mapping[str, str], held_against: Mapping[str, str]) -> float:
    """How much of an article's group, on average, belongs to it by the other grouping."""
    shares = []
    for url in given:
        group = {other for other in given if given[other] == given[url]}
        shares.append(sum(held_against[other] == held_against[url] for other in group) / len(group))
    return sum(shares) / len(shares)


PARTS: dict[str, Callable[[Path, Path], Scores]] = {
    "seeds": score_seeds,
    "html": score_html,
    "tolls": score_tolls,
    "stories": score_stories,
    "plain": score_plain,
    "groups": score_groups,
}


def _ingest(articles: Path, warehouse: Path) -> Path:
    _run(TALLYWIRE, "ingest", articles, "--warehouse", warehouse, "--json")
    return warehouse


def _run(*command: str | Path) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(
            f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-4000:]}"
        )
    return done.stdout


def _holds(value: float, floor: float) -> bool:
    return value <= -floor if _is_ceiling(floor) else value >= floor


def _is_ceiling(floor: float) -> bool:
    return str(floor).startswith("-")


def _in_words(floor: float) -> str:
    return f"at most {-floor:g}" if _is_ceiling(floor) else f"at least {floor:g}"


if __name__ == "__main__":
    sys.exit(main())
