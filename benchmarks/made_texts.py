"""Cases of text repair and of statuses: right sentences, names and remarks, and damaged ones."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from benchmarks.damage import DAMAGES
from benchmarks.forms import sentences, texts
from benchmarks.match_cases import Case
from normalize.agencies.registry import Registry
from normalize.reference import item_lists

DAMAGED, WHOLE, STATUSES = 300, 60, 110
# What repair must mend, should mend, and cannot always mend: a word without its mark may be
# another word.
MUST = ("sara_am_split", "sara_am_split", "sara_am_parts", "pua_glyph", "pua_glyph")
SHOULD = ("cid_glyph", "detached_vowel", "tone_order", "misread_aa", "spacing", "replacement_char")
TOLERATED = ("mark_lost", "mark_gap", "glyph_substitution")
# A shorter remark may be another one when it is damaged.
SHORT_REMARK = 7
AA, FEW_AA = "\u0e32", 4
# How a remark is damaged on its way into a status cell.
OF_REMARKS = (
    *("sara_am_split", "sara_am_parts", "pua_glyph", "cid_glyph", "mark_lost", "detached_vowel"),
    *("tone_order", "column_break", "loose", "joined", "misspelling", "typo", "ocr_marks"),
)


def made_repairs(rng: random.Random, source: str) -> Iterator[Case]:
    """Yield damaged texts with the right ones, and right texts that must come back unchanged."""
    agencies = [a for a in Registry.load().agencies if a.district]
    names = sorted({item.name for items in item_lists().values() for item in items})

    def right() -> str:
        kind = rng.random()
        if kind < 0.3:
            agency = rng.choice(agencies)
            return texts("with_place")[0].format(
                full=agency.full_name, district=agency.district, province=agency.province
            )
        return rng.choice(names if kind < 0.55 else sentences())

    kinds = (*MUST, *SHOULD, *TOLERATED)
    made = 0
    while made < DAMAGED:
        kind, text = kinds[made % len(kinds)], right()
        damaged = DAMAGES[kind](text, rng)
        made += damaged != text
        if damaged != text:
            tier = "must" if kind in MUST else "should" if kind in SHOULD else "tolerated"
            # In a spaced line nothing tells the gaps between words, and a short text may have
            # its sara am by right.
            is_hard = " " in text if kind == "spacing" else text.count(AA) < FEW_AA
            if kind == "spacing" or kind == "misread_aa":
                tier = "tolerated" if is_hard else tier
            shown = text.replace(" ", "") if kind == "spacing" else text
            yield Case(tier, kind, damaged, "", (shown,), source)
    for _ in range(WHOLE):
        text = right()
        yield Case("must", "right", text, "", (text,), source)


def made_statuses(rng: random.Random, source: str, by_hand: Sequence[Case]) -> Iterator[Case]:
    """Yield remarks written by hand, damaged; what they say and their half stay the same."""
    plain = [c for c in by_hand if c.tier != "tolerated" and len(c.text) > SHORT_REMARK]
    made = 0
    while made < STATUSES:
        case, kind = rng.choice(plain), OF_REMARKS[made % len(OF_REMARKS)]
        text = DAMAGES[kind](case.text, rng)
        tier = "tolerated" if kind in ("typo", "ocr_marks") else "should"
        damaged = Case(tier, kind, text, "", case.answer, source)
        if text != case.text and damaged.half == case.half:
            made += 1
            yield damaged
