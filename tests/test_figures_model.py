"""The language model: which one is taken, and that its weights are the official ones."""

import base64
import json
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from spacy.tokens import Doc

from extract.errors import ModelMissing
from extract.figures import load_model
from extract.figures.model import PINNED
from extract.figures.nouns import find_counted, mend_tags
from extract.figures.words import Sentence, Word

SENTENCES = Path(__file__).parent / "corpus" / "sentences" / "dev.jsonl"
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


def test_a_noun_behind_a_number_is_no_verb_and_looking_for_it_changes_no_tag():
    words = [Word("31", 0, 2, "31", 0), Word("inmates", 3, 10, "inmates"), Word("flee", 11, 15, "flee")]
    words[0].tag, words[1].tag, words[2].tag = "CD", "VBZ", "NN"
    sentence = Sentence("31 inmates flee", 0, (), words, [[], [], []])
    find_counted(sentence, 0)
    assert [word.tag for word in words] == ["CD", "VBZ", "NN"]
    mend_tags(sentence)
    assert [word.tag for word in words] == ["CD", "NNS", "NN"]
