"""The phrases of every language: complete, and free of what would break or spoil a reply."""

import pytest

from app.replies.engine.lint import lint
from app.replies.engine.phrasebook import Phrasebook, load, written_languages


@pytest.mark.parametrize("language", written_languages())
def test_a_folder_has_nothing_to_object_to(language):
    assert lint(load(language)) == []


def test_the_linter_sees_what_is_wrong(tmp_path):
    source = load("en")
    for name in ("language", "cues", "topics", "nouns", "check"):
        text = (source.folder / f"{name}.toml").read_text("utf-8")
        (tmp_path / f"{name}.toml").write_text(text, "utf-8")
    moves = (source.folder / "moves.toml").read_text("utf-8")
    spoilt = moves.replace("Until next time.", "We strive to give you 3 refunds for {nobody}", 1)
    (tmp_path / "moves.toml").write_text(spoilt, "utf-8")
    found = " ".join(lint(Phrasebook("en", tmp_path)))
    for complaint in ("stock", "promise", "a number", "no full stop", "no slot is called nobody"):
        assert complaint in found
