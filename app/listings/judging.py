"""A listing against the record, and against what the record said before. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.listings.nap.compare import compare
from app.listings.nap.place import Place
from app.listings.nap.same_place import same_place
from app.listings.nap.verdict import AGREEING, Verdict

# The reason of a value that was right until the record changed.
FORMER = "what your record said before"


def judge(
    ours: Place,
    former: Sequence[Place],
    theirs: Place,
    accepted: Iterable[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """What `compare` says of the record as it stands, as JSON. A listing that still shows a former
    record is this place: a business that moved must not lose sight of those who have not followed.
    """
    compared = compare(ours, theirs, accepted).to_json()
    fields = compared["fields"]
    wrong = [name for name, cell in fields.items() if cell["verdict"] == Verdict.DIFFERENT]
    if not wrong and compared["same_place"] == "yes":
        return compared
    for before in former:
        then = compare(before, theirs)
        if then.probability > compared["probability"]:
            compared["probability"] = round(then.probability, 4)
            compared["same_place"] = same_place(then.probability)
        for name in wrong:
            if then.fields[name].verdict in AGREEING:
                fields[name]["why"] = FORMER
    return compared
