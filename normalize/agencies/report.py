"""Find out which agency a report is of, and what in the report speaks against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from rapidfuzz.distance import OSA

from extract.document import Document, Severity
from normalize.agencies.match import AgencyMatch, Matcher, matcher
from normalize.agencies.mentions import (
    BODY,
    CELL,
    HEAD,
    HEAD_TEXT,
    MAX_BODY,
    MAX_CELLS,
    Mention,
    Sections,
    labelled_places,
    mentions,
    sections,
)
from normalize.agencies.reading import Reading
from normalize.agencies.registry import Agency, Registry, type_forms
from normalize.agencies.text import Place, find_damaged_type

RIVAL = 0.7
"""Share of the best agency's weight at which another named one makes the report a doubt."""
MIN_MENTIONS = 3
"""So often must an unregistered name stand in the body to count without a title."""


class AgencyIssue(NamedTuple):
    """A doubt about a report's agency; codes and severities are listed at resolve_agency."""

    severity: Severity
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class ResolvedAgency:
    """The agency that a report is of, its name as the report has it, and doubts."""

    match: AgencyMatch
    agency_raw: str
    issues: tuple[AgencyIssue, ...] = ()


@dataclass(slots=True)
class _Group:
    """All mentions of one type and name."""

    types: frozenset[str]
    name: str
    found: list[Mention] = field(default_factory=list)

    @property
    def weight(self) -> float:
        """What the mentions weigh together: body and cells are capped."""
        head = sum(m.weight for m in self.found if m.in_head)
        body = sum(m.weight for m in self.found if CELL < m.weight < HEAD_TEXT)
        cells = sum(m.weight for m in self.found if m.weight <= CELL)
        return head + min(body, MAX_BODY) + min(cells, MAX_CELLS)

    @property
    def best(self) -> Mention:
        """The heaviest mention, the first of several."""
        return max(self.found, key=lambda m: (m.weight, m.is_closed))

    @property
    def is_registered(self) -> bool:
        return self.found[0].is_registered

    @property
    def places(self) -> tuple[Place, ...]:
        """The places beside the heaviest mention that has any."""
        with_places = [m for m in self.found if m.places]
        return max(with_places, key=lambda m: m.weight).places if with_places else ()


def resolve_agency(
    document: Document, registry: Registry, fiscal_year_be: int | None = None
) -> ResolvedAgency:
    """Find the agency that a report is of, by all its mentions.

    Title and letterhead count most, cells and the path of the file least. Issues:
    ``agency_not_found`` (warning: no agency is named), ``agency_not_in_registry`` (warning),
    ``agency_ambiguous`` (warning: several fit), ``agency_name_variant`` (info: the name is spelt
    otherwise in title or letterhead), ``other_agency_named`` (warning), and
    ``other_agency_type_named`` (info: e.g. "the municipality" in a report of no municipality).
    """
    known = matcher(registry)
    parts = sections(document)
    everything = list(mentions(parts, known))
    groups = _groups(m for m in everything if m.name)
    variants = _merge_variants(groups)
    subject = _subject(groups)
    if subject is None:
        return _without_type(parts, known)
    match = _judged(subject, parts, known, fiscal_year_be)
    issues: list[AgencyIssue] = []
    rivals = _rivals(subject, groups, match, known)
    if match.status == "accepted" and any(g.weight >= RIVAL * subject.weight for g in rivals):
        named = ", ".join(g.best.raw for g in rivals)
        match = replace(match, status="review", reason=f"the report also names {named}")
    if match.status == "accepted" and subject.weight < CELL:
        match = replace(match, status="review", reason="named in the path of the file only")
    heavy = [m.is_oblique for m in subject.found if m.weight >= BODY]
    if match.status == "accepted" and heavy and all(heavy):
        match = replace(match, status="review", reason="named as receiver or owner only")
    if match.status == "unmatched":
        issues.append(_not_in_registry(subject))
    elif match.status == "review":
        issues.append(AgencyIssue("warning", "agency_ambiguous", _ambiguous(subject, match)))
    issues.extend(_variant_issues(subject, variants.get(id(subject), []), match, known))
    for group in rivals:
        message = (
            f"the report is of {subject.best.raw!r} but names {group.best.raw!r} "
            f"{len(group.found)} times; check for copied text"
        )
        issues.append(AgencyIssue("warning", "other_agency_named", message))
    issues.extend(_other_types(subject, match, everything))
    return ResolvedAgency(match, subject.best.raw, tuple(issues))


def _without_type(parts: Sections, known: Matcher) -> ResolvedAgency:
    """Resolve a report that names no type: a special body, or a type with a slip in it."""
    lines = parts.head.text.split("\n")
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        start = find_damaged_type(line)
        match = known.match(line if start is None else f"{line[start:]} {after}")
        if start is not None and match.status != "accepted":
            match = known.match(line[start:])
        if match.status == "accepted" and match.agency is not None:
            reason = "no type stands before the name"
            reason = reason if start is None else "the type has a slip"
            doubt = f"{match.raw!r} may be {match.agency.full_name}: {reason}"
            match = replace(match, status="review", reason=reason)
            issue = AgencyIssue("warning", "agency_ambiguous", doubt)
            return ResolvedAgency(match, match.raw, (issue,))
    issue = AgencyIssue(
        "warning",
        "agency_not_found",
        "no agency's type and name was found in the report; "
        "its rows name no agency until a person says which it is",
    )
    match = AgencyMatch(None, "", "unmatched", 0.0, "", (), "no agency named")
    return ResolvedAgency(match, "", (issue,))


def _groups(found: Iterable[Mention]) -> list[_Group]:
    groups: dict[tuple[frozenset[str], str], _Group] = {}
    for mention in found:
        key = (mention.types, mention.name)
        groups.setdefault(key, _Group(*key)).found.append(mention)
    for key, group in list(groups.items()):  # "เทศบาลX" belongs to the one class that is said
        said = [k for k in groups if k[1] == key[1] and k[0] < key[0]]
        if len(said) == 1:
            groups[said[0]].found.extend(group.found)
            del groups[key]
    return list(groups.values())


def _merge_variants(groups: list[_Group]) -> dict[int, list[Mention]]:
    """Add names that are a slip of a registered name in the same report to that name's group."""
    variants: dict[int, list[Mention]] = {}
    registered = [g for g in groups if g.is_registered and any(m.is_closed for m in g.found)]
    for group in [g for g in groups if not g.is_registered]:
        limit = max(1, len(group.name) // 4)
        near = [
            g
            for g in registered
            if g.types & group.types and OSA.distance(g.name, group.name) <= limit
        ]
        if len(near) == 1:
            variants.setdefault(id(near[0]), []).extend(group.found)
            near[0].found.extend(replace(m, is_closed=False) for m in group.found)
            groups.remove(group)
    return variants


def _subject(groups: list[_Group]) -> _Group | None:
    """Return the heaviest group; an unregistered name needs a title or several mentions."""
    counted = [
        group
        for group in groups
        if group.is_registered
        or any(m.weight >= HEAD for m in group.found)
        or len(group.found) >= MIN_MENTIONS
    ]
    return max(counted, key=lambda group: group.weight, default=None)


def _judged(
    subject: _Group, parts: Sections, known: Matcher, fiscal_year_be: int | None
) -> AgencyMatch:
    """Match the subject, with the places beside it, else those of the head, body or path."""
    best = subject.best
    own = [m for m in subject.found if m.name == subject.name]
    spelt = Counter(m.name_raw for m in own).most_common(1)[0][0]
    word = "type" if len(subject.types) == 1 else "class not said"
    match: AgencyMatch | None = None
    head = labelled_places(parts.head, known)
    body = [place for text in (*parts.body, *parts.cells) for place in labelled_places(text, known)]
    path = known.places.read_all(parts.path, 0, len(parts.path.key))[0]
    sources = {
        "": subject.places,
        "place from the title or letterhead": head,
        "place from the body": _most_named(body),
        "place from the file's path": path,
    }
    for source, places in sources.items():
        if match is not None and not places:
            continue
        reading = Reading(subject.types, subject.name, spelt, tuple(places), type_word=word)
        judged = known.judge(best.raw, [reading], None, fiscal_year_be)
        if match is None or judged.status == "accepted":
            reasons = filter(None, [source if places else "", judged.reason])
            match = replace(judged, reason="; ".join(reasons))
        if match.status == "accepted" or (subject.places and match.agency is not None):
            break
    if match is None:
        raise AssertionError("no evidence judged")
    if match.status == "unmatched" and subject.places:
        bare = Reading(subject.types, subject.name, spelt, type_word=word)
        named = known.judge(best.raw, [bare], None, fiscal_year_be)
        if named.status != "unmatched":
            reason = "the district or province beside the name is another one"
            match = replace(named, status="review", reason=reason)
    return match


def _most_named(places: list[Place]) -> list[Place]:
    """Return the district and province named most, if one leads."""
    found: list[Place] = []
    for kind in ("district", "province"):
        counts = Counter(place.key for place in places if place.kind == kind).most_common(2)
        if counts and (len(counts) == 1 or counts[0][1] > counts[1][1]):
            found.append(next(p for p in places if p.kind == kind and p.key == counts[0][0]))
    return found


def _rivals(
    subject: _Group, groups: list[_Group], match: AgencyMatch, known: Matcher
) -> list[_Group]:
    """Return the other agencies that the report names, apart from other names of its own."""
    rivals = []
    for group in groups:
        if group is subject or not any(m.is_closed for m in group.found):
            continue
        if not group.is_registered and group.weight < BODY:
            continue
        forms = known.registry.by_key.get(group.name, ())
        same = [f for f in forms if f.type in group.types and match.agency in f.agencies]
        if not same:
            rivals.append(group)
    return sorted(rivals, key=lambda group: -group.weight)


def _variant_issues(
    subject: _Group, variants: list[Mention], match: AgencyMatch, known: Matcher
) -> list[AgencyIssue]:
    if match.agency is None:
        return []
    right_names = {
        form.name
        for form in known.registry.by_key.get(subject.name, ())
        if match.agency in form.agencies
    }
    heads = [m for m in subject.found if m.in_head and m.name == subject.name]
    heads = [m for m in heads if m.name_raw.replace(" ", "") not in right_names]
    names = sorted({m.raw for m in (*variants, *heads) if m.in_head})
    message = "title or letterhead writes {!r}; the registry has {!r}"
    right = match.agency.full_name
    return [
        AgencyIssue("info", "agency_name_variant", message.format(name, right)) for name in names
    ]


def _other_types(subject: _Group, match: AgencyMatch, found: list[Mention]) -> list[AgencyIssue]:
    own = {match.agency.type} if match.agency else set(subject.types)
    alone = [m for m in found if not m.name and not m.types & own]
    forms = {form.types: form.text for form in type_forms() if form.kind != "abbreviation"}
    issues = []
    for types, count in sorted(Counter(m.types for m in alone).items(), key=lambda p: -p[1]):
        message = (
            f"the report is of {subject.best.raw!r} but says {forms.get(types, '')!r} "
            f"{count} times without a name; check for copied text"
        )
        issues.append(AgencyIssue("info", "other_agency_type_named", message))
    return issues


def _not_in_registry(subject: _Group) -> AgencyIssue:
    return AgencyIssue(
        "warning",
        "agency_not_in_registry",
        f"{subject.best.raw!r} is not in the registry; if the name is right, add the agency to an "
        "agencies.csv beside the reports",
    )


def _ambiguous(subject: _Group, match: AgencyMatch) -> str:
    agencies: list[Agency] = [match.agency] if match.agency else []
    agencies += [agency for agency, _ in match.alternatives]
    listed = "; ".join(
        f"{a.full_name} ({a.district}, {a.province}, {a.code})" for a in dict.fromkeys(agencies)
    )
    return f"{subject.best.raw!r} may be {listed}: {match.reason}"
