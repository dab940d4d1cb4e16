"""What a form may ask for."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from prefect.utilities.callables import parameter_schema
from prefect.utilities.schema_tools.validation import ValidationError, validate

from extract.errors import BadSource
from extract.models import Source
from flows.backfill import backfill
from flows.forms import Pasted, chosen, require_allowed, source_of_pasted
from flows.ingest import ingest
from flows.recheck import recheck
from flows.settings import Settings
from flows.track import track

FORMS = [track, ingest, recheck, backfill]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "open").mkdir()
    (tmp_path / "closed").mkdir()
    return Settings(warehouse=tmp_path / "house" / "w.duckdb", folders=(tmp_path / "open",))


def test_addresses_empty_fields_and_paths_in_an_allowed_folder_pass(settings, tmp_path):
    require_allowed(["https://wire.example/1", None, "", str(tmp_path / "open" / "a.txt")], settings)


def test_a_path_outside_is_refused_with_what_to_do(settings, tmp_path):
    with pytest.raises(BadSource, match="TALLYWIRE_FOLDERS"):
        require_allowed([str(tmp_path / "closed" / "a.txt")], settings)


def test_a_way_out_by_dots_or_by_a_link_is_refused(settings, tmp_path):
    (tmp_path / "open" / "door").symlink_to(tmp_path / "closed")
    for path in (tmp_path / "open" / ".." / "closed" / "a.txt", tmp_path / "open" / "door" / "a.txt"):
        with pytest.raises(BadSource):
            require_allowed([str(path)], settings)


def test_without_a_list_only_the_folder_of_the_run_is_open(settings, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path / "open")
    require_allowed(["a.txt"], replace(settings, folders=()))
    with pytest.raises(BadSource):
        require_allowed(["/etc/passwd"], replace(settings, folders=()))


def test_the_same_pasted_article_is_the_same_file_and_another_outlet_makes_another(settings):
    settings.warehouse.parent.mkdir()
    first = source_of_pasted(Pasted(text="Four hurt\n\nFour were hurt.", outlet="The Quay"), settings)
    again = source_of_pasted(Pasted(text="Four hurt\n\nFour were hurt.\n", outlet="The Quay"), settings)
    other = source_of_pasted(Pasted(text="Four hurt\n\nFour were hurt.", outlet="The Pier"), settings)
    assert first == again
    assert first.path != other.path
    assert (first.name, first.outlet) == ("pasted", "The Quay")


def test_a_day_of_printing_stands_below_the_headline(settings):
    settings.warehouse.parent.mkdir()
    pasted = Pasted(text="Four hurt\nFour were hurt.", printed_on=date(2031, 5, 4))
    text = Path(source_of_pasted(pasted, settings).path).read_text(encoding="utf-8")
    assert text == "Four hurt\nMay 4, 2031\n\nFour were hurt.\n"


def test_nothing_pasted_is_no_source(settings):
    assert source_of_pasted(Pasted(text=" \n"), settings) is None


def test_chosen_sources_keep_their_order_and_an_unknown_name_is_refused():
    sources = [Source(name=name, kind="folder", path=name) for name in ("wire", "quay", "pier")]
    assert [source.name for source in chosen(sources, ["pier", "wire"])] == ["wire", "pier"]
    assert len(chosen(sources, [])) == 3
    with pytest.raises(BadSource, match="choose of wire, quay, pier"):
        chosen(sources, ["harbour"])


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_form_explains_every_field_and_begins_with_values_that_it_accepts(form):
    schema = parameter_schema(form).model_dump()
    fields = dict(schema["properties"])
    groups = [field for group in schema["definitions"].values() for field in group["properties"].items()]
    for name, field in [*fields.items(), *groups]:
        assert field.get("description") or "$ref" in field, name
        assert "anyOf" not in field, f"{name} would be a switch between two types"
    begins_with = {name: field.get("default", ["what a person must give"]) for name, field in fields.items()}
    validate(begins_with, schema, raise_on_error=True)
    assert form.validate_parameters(begins_with).keys() == begins_with.keys()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_no_field_asks_for_a_secret(form):
    assert not re.search(r"password|token|secret|login", str(parameter_schema(form).model_dump()), re.IGNORECASE)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"show": {"most": 0}}, "0 is less than the minimum of 1"),
        ({"show": {"severity": "grave"}}, "'grave' is not one of"),
        ({"warehouse": 7}, "7 is not of type 'string'"),
    ],
)
def test_a_wrong_value_is_named_before_the_run(value, words):
    with pytest.raises(ValidationError, match=words):
        validate(value, parameter_schema(recheck).model_dump(), raise_on_error=True)
