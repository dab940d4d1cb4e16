"""Figures and verdicts in schema.org's words."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from warehouse_articles import EXTRACTOR, MORNING, a_figure, a_page, clock, dam_story, read
from warehouse_relations import a_relation

from warehouse.export import export_jsonld
from warehouse.load import merge_rows
from warehouse.store import open_store


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ledger")
    hostile = a_page("hostile", "A third, 33.5 percent, </script> agreed.", title="<script>alert(1)</script>")
    local = a_page("local", "It cost 7 lives.")
    object.__setattr__(local, "url", "file:notes/local.txt")
    with open_store(folder / "w.duckdb", clock()) as store:
        store.save_extracted(
            [
                *dam_story(),
                read(hostile, a_figure(hostile, "33.5 percent", "33.5", unit="percent", measure="share")),
                read(local, a_figure(local, "7 lives", 7)),
            ],
            extractor=EXTRACTOR,
        )
        relations = [a_relation(name) for name in ("open", "confirmed", "dismissed")]
        merge_rows(store.connection, "core.relations", relations, ["relation_id"])
        verdicts = [(name, name, "Ada", MORNING, "called the ministry") for name in ("confirmed", "dismissed")]
        merge_rows(store.connection, "core.reviews", verdicts, ["relation_id"])
        store.publish()
    count = export_jsonld(folder / "w.duckdb", folder / "claims.jsonld")
    text = (folder / "claims.jsonld").read_text(encoding="utf-8")
    nodes = json.loads(text)["@graph"]
    assert len(nodes) == count == 8
    return text, nodes


def claim(nodes, quote):
    (found,) = [node for node in nodes if node["@type"] == "Claim" and node["about"]["name"] == quote]
    return found


def test_a_figure_is_a_claim_with_an_observation_and_its_bounds(graph):
    found = claim(graph[1], "21 dead")
    assert found["text"] == "The toll stands at 21 dead, the mayor said."
    assert found["author"] == {"@type": "Person", "name": "the mayor"}
    assert found["appearance"] == {
        "@type": "NewsArticle",
        "url": "https://courier.example/dam-2",
        "headline": "Toll rises",
        "datePublished": "2031-05-04T03:00:00+00:00",
        "publisher": {"@type": "Organization", "name": "Velm Courier"},
    }
    assert found["about"] == {
        "@type": "Observation",
        "name": "21 dead",
        "measuredProperty": "killed",
        "observationAbout": {"@type": "Place", "name": "Velm"},
        "observationDate": "2031-05-04",
        "value": {
            "@type": "QuantitativeValue",
            "value": 21,
            "minValue": 21,
            "maxValue": 21,
            "unitText": "person",
            "description": "exact",
        },
    }


def test_a_number_without_a_claimant_is_its_outlets(graph):
    assert claim(graph[1], "12 dead")["author"] == {"@type": "Organization", "name": "Velm Courier"}


def test_an_open_bound_is_left_out(graph):
    assert "maxValue" not in claim(graph[1], "At least 19 dead")["about"]["value"]


def test_a_number_with_a_fraction_stays_exact(graph):
    assert claim(graph[1], "33.5 percent")["about"]["value"]["value"] == "33.5"


def test_only_web_addresses_are_links(graph):
    appearance = claim(graph[1], "7 lives")["appearance"]
    assert "url" not in appearance
    assert appearance["identifier"] == "file:notes/local.txt"


def test_nothing_in_the_document_can_close_a_script(graph):
    assert "<" not in graph[0]
    assert claim(graph[1], "33.5 percent")["appearance"]["headline"] == "<script>alert(1)</script>"


def test_only_a_persons_verdict_makes_a_claim_review(graph):
    reviews = {node["@id"]: node for node in graph[1] if node["@type"] == "ClaimReview"}
    assert set(reviews) == {"urn:tallywire:relation:confirmed", "urn:tallywire:relation:dismissed"}
    confirmed = reviews["urn:tallywire:relation:confirmed"]
    assert confirmed["reviewRating"]["alternateName"] == "contradiction confirmed"
    assert confirmed["author"] == {"@type": "Person", "name": "Ada"}
    assert datetime.fromisoformat(confirmed["datePublished"]).astimezone(UTC) == MORNING
    assert confirmed["itemReviewed"] == [{"@id": "urn:tallywire:figure:f1"}, {"@id": "urn:tallywire:figure:f2"}]
