"""Every skip has a name, and every name has an explanation for a reader."""

import ast
from pathlib import Path

import extract.fetch
from extract.fetch.answers import REASON_OF_STATUS, WORTH_RETRYING, reason_of_status
from extract.fetch.reasons import REASONS, REFUSALS, TRANSIENT, explain

FOLDER = Path(extract.fetch.__file__).parent
# Which argument of these calls is the reason.
NAMERS = {"skipped": 3, "FetchProblem": 0, "BadBody": 0, "BadRecord": 0, "UnreadableFile": 0}


def called_name(call):
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def texts_in(node):
    return {part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def reasons_in(node):
    """The texts that one statement or call hands over as a reason."""
    if isinstance(node, ast.Call):
        handed = [keyword.value for keyword in node.keywords if keyword.arg == "reason"]
        if called_name(node) in NAMERS:
            place = NAMERS[called_name(node)]
            handed += node.args[place : place + 1]
        return set().union(*map(texts_in, handed))
    if isinstance(node, ast.Assign) and any(ast.unparse(target).endswith("reason") for target in node.targets):
        return texts_in(node.value)
    return set()


def named_in_code():
    """Every text that the code hands over as a reason."""
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            yield from ((path.name, text) for text in reasons_in(node) if text.isidentifier() and text.islower())


def test_every_reason_that_the_code_names_is_in_the_table():
    named = set(named_in_code())
    assert len({text for _, text in named}) > 35
    assert {(path, text) for path, text in named if text not in REASONS} == set()


def test_every_reason_of_the_table_is_named_somewhere():
    code = "".join(path.read_text() for path in FOLDER.glob("*.py") if path.name != "reasons.py")
    assert [reason for reason in REASONS if f'"{reason}"' not in code] == []


def test_the_groups_of_reasons_hold_only_names_of_the_table():
    assert TRANSIENT | REFUSALS | WORTH_RETRYING | set(REASON_OF_STATUS.values()) <= REASONS.keys()


def test_every_status_has_a_reason_of_the_table_or_is_a_page():
    assert {status for status in range(1000) if reason_of_status(status) is None} == {200, 203}
    assert {reason_of_status(status) for status in range(1000)} - {None} <= REASONS.keys()


def test_explanations_are_sentences_for_a_reader():
    assert all(len(explain(reason)) > 15 and "TODO" not in explain(reason) for reason in REASONS)
