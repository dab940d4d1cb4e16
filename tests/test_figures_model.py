"""The language model: which one is taken, and that its weights are the official ones."""

import base64
import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from extract.errors import ModelMissing
from extract.figures import engine, find_figures, load_model, quicker_products
from extract.figures.model import LEFT_OUT, PINNED
from extract.figures.nouns import find_counted, mend_tags
from extract.figures.numbers import find_numbers
from extract.figures.quicker_products import multiply_by_blocks
from extract.figures.quicker_spacy import parse_together
from extract.figures.words import Sentence, Word, make_sentence
from extract.models import Article

SENTENCES = Path(__file__).parent / "corpus" / "sentences" / "dev.jsonl"
PLAIN = "Twelve lamps hung over the long green table."
LEAVING_OUT = (
    "hung over the long green table.",
    "were fatally hurt by a falling beam.",
    "in the year when, at last, the bridge opened, stood there.",
    "stood at the gate, the warden, however, said.",
    "stood at the gate, by the warden's figure.",
    "and a cook, so the town's count is, came home in 2019.",
)
OFFICIAL = {  # SHA-256 in the RECORD of the official en_core_web_sm 3.8.0
    "tok2vec/model": "6E_AbrMZyU0o5GD8M04pISCwHxi6pdyLUMl3RZggoJA",
    "parser/model": "4AmJEFNahj1DAILs5XRV1foHHNTKOgBU6AWCB2x1Kx4",
    "tagger/model": "HsPZPzjOvhcvK1yJ2EvnKFbOQsjxpk8WmfHZincfNrc",
}


def test_the_pinned_weights_are_the_official_ones():
    folder = load_model(PINNED).pipeline.path
    found = {
        name: base64.urlsafe_b64encode(sha256((folder / name).read_bytes()).digest()).decode().rstrip("=")
        for name in OFFICIAL
    }
    assert found == OFFICIAL


def test_the_extractor_tells_the_model_and_the_mode():
    assert PINNED in load_model(PINNED).extractor
    assert load_model(mode="fast").extractor.endswith("+fast")


def test_a_model_that_is_not_there_is_named():
    with pytest.raises(ModelMissing, match="no_such_model"):
        load_model("no_such_model")


def test_no_sentence_of_a_batch_changes_the_parse_of_another_by_a_bit():
    pipeline = load_model(PINNED).pipeline
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()[:60]
    words = [json.loads(line)["text"].split() for line in lines]

    def parsed(batch):
        docs = [Doc(pipeline.vocab, words=sentence) for sentence in batch]
        for _, part in pipeline.pipeline:
            docs = list(part.pipe(docs, batch_size=len(docs)))
        return docs

    alone = [doc for sentence in words for doc in parsed([sentence])]
    for one, other in zip(alone, parsed(words), strict=True):
        assert np.array_equal(one.tensor, other.tensor)
        assert np.array_equal(one.to_array(["TAG", "DEP", "HEAD"]), other.to_array(["TAG", "DEP", "HEAD"]))


def test_what_is_calculated_once_for_words_alike_is_what_spacy_calculates_for_each():
    words = [json.loads(line)["text"].split() for line in SENTENCES.read_text(encoding="utf-8").splitlines()[:60]]
    pipeline, other = load_model(PINNED).pipeline, _untouched()
    multiply_by_blocks(other)
    assert "alike_once" in _layers_of(pipeline)
    assert "alike_once" not in _layers_of(other)
    assert all(map(np.array_equal, _vectors_of(pipeline, words), _vectors_of(other, words)))


def _untouched():
    return spacy.load(PINNED, exclude=list(LEFT_OUT))


def _layers_of(pipeline):
    return [layer.name for layer in pipeline.get_pipe("tok2vec").model.walk()]


def _vectors_of(pipeline, sentences):
    return pipeline.get_pipe("tok2vec").predict([Doc(pipeline.vocab, words=words) for words in sentences])


def test_products_made_by_blocks_give_spacys_tags_and_trees_and_vectors_but_for_rounding(monkeypatch):
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()[:200]
    words = [json.loads(line)["text"].split() for line in lines]
    untouched, blocked = _untouched(), _untouched()
    monkeypatch.setattr(quicker_products, "rows_stand_alone", lambda *_: True)  # this much holds on any processor
    multiply_by_blocks(blocked)
    assert "maxout_by_blocks" in _layers_of(blocked)
    for ours, theirs in zip(_vectors_of(blocked, words), _vectors_of(untouched, words), strict=True):
        assert np.allclose(ours, theirs, atol=1e-4)
    for sentence in words:
        ours, theirs = (one(Doc(one.vocab, words=sentence)) for one in (blocked, untouched))
        assert np.array_equal(ours.to_array(["TAG", "DEP", "HEAD"]), theirs.to_array(["TAG", "DEP", "HEAD"]))


def test_where_numpys_sums_depend_on_a_rows_place_thinc_multiplies(monkeypatch):
    words = [json.loads(line)["text"].split() for line in SENTENCES.read_text(encoding="utf-8").splitlines()[:20]]
    untouched, left = _untouched(), _untouched()
    monkeypatch.setattr(quicker_products, "rows_stand_alone", lambda *_: False)
    multiply_by_blocks(left)
    assert _layers_of(left) == _layers_of(untouched)
    assert all(map(np.array_equal, _vectors_of(left, words), _vectors_of(untouched, words)))


def test_a_row_multiplied_has_the_same_bits_whatever_stands_beside_it():
    draw = np.random.default_rng(7)
    rows, weights = (draw.standard_normal(shape, dtype=np.float32) for shape in ((1_000, 288), (288, 288)))
    multiply = quicker_products._Products().gemm
    together = multiply(rows, weights, trans2=True)
    for count in (1, 2, 63, 64, 65, 255, 256, 257, 700):
        chosen = draw.permutation(len(rows))[:count]
        assert np.array_equal(multiply(rows[chosen], weights, trans2=True), together[chosen])


def test_sentences_parsed_step_by_step_together_have_the_trees_that_spacy_gives_each():
    words = [json.loads(line)["text"].split() for line in SENTENCES.read_text(encoding="utf-8").splitlines()[:60]]
    pipeline = load_model(PINNED).pipeline
    ours, theirs = [[Doc(pipeline.vocab, words=sentence) for sentence in words] for _ in range(2)]
    parse_together(pipeline.get_pipe("parser"), list(pipeline.get_pipe("tok2vec").pipe(ours)))
    for one, other in zip(ours, theirs, strict=True):
        pipeline.get_pipe("parser")(pipeline.get_pipe("tok2vec")(other))
        assert np.array_equal(
            one.to_array(["DEP", "HEAD", "SENT_START"]), other.to_array(["DEP", "HEAD", "SENT_START"])
        )


def test_a_noun_behind_a_number_is_no_verb_and_looking_for_it_changes_no_tag():
    words = [Word("31", 0, 2, "31", 0), Word("inmates", 3, 10, "inmates"), Word("flee", 11, 15, "flee")]
    words[0].tag, words[1].tag, words[2].tag = "CD", "VBZ", "NN"
    sentence = Sentence("31 inmates flee", 0, (), words, is_tagged=True)
    find_counted(sentence, 0)
    assert [word.tag for word in words] == ["CD", "VBZ", "NN"]
    mend_tags(sentence)
    assert [word.tag for word in words] == ["CD", "NNS", "NN"]


def _articles_of(texts):
    now = datetime(2031, 5, 8, tzinfo=UTC)
    return [
        Article(str(number), "https://paper.example/", "paper", None, None, text, now, published_at=now)
        for number, text in enumerate(texts)
    ]


def test_a_parse_that_is_left_out_would_change_no_figure(monkeypatch):
    texts = [json.loads(line)["text"] for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    # Beside other words the same counts need no verb of the table: the first half of each sentence alone.
    texts += [text[: text.find(" ", len(text) // 2)] for text in texts]
    texts += [f"Twelve {noun} {rest}" for noun in ("lamps", "nurses", "of them") for rest in LEAVING_OUT]
    articles, model = _articles_of(texts), load_model(PINNED)
    asked = []
    needed = engine.needs_tree
    monkeypatch.setattr(engine, "needs_tree", lambda *told: asked.append(needed(*told)) or asked[-1])
    found = find_figures(articles, model)
    monkeypatch.setattr(engine, "needs_tree", lambda *_: True)
    assert find_figures(articles, model) == found
    assert asked.count(False) > len(LEAVING_OUT)


def test_a_sentence_without_source_or_telling_word_is_tagged_alone():
    model, seen = load_model(PINNED), []
    sentence = make_sentence(PLAIN, 0, len(PLAIN), find_numbers(PLAIN))
    with model.zone():
        model.parse([[sentence]], lambda asked: bool(seen.append(asked.words[1].tag)))
    assert (seen, sentence.is_tagged, sentence.is_parsed) == (["NNS"], True, False)
