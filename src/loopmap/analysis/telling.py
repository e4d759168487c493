"""What people agree and disagree about, in words a room can use."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from loopmap.analysis.boundaries import boundary
from loopmap.analysis.sharing import SharedLoops, shared_loops
from loopmap.analysis.words import all_seen
from loopmap.errors import InvalidOptionError
from loopmap.loops import KIND_WORDS, Loop
from loopmap.model import LinkKey, SystemMap
from loopmap.model.reading import need_map
from loopmap.perspectives import Agreement, agreement, likely_same, voice_labels, voices
from loopmap.phrases import counted, named
from loopmap.polarity import Polarity
from loopmap.words import SAID, link_line, path_line

__all__ = ["compare_in_words"]

_SIGNS = (Polarity.POSITIVE, Polarity.NEGATIVE, Polarity.MIXED, Polarity.UNKNOWN)


def compare_in_words(
    m: SystemMap,
    *,
    at_most: int | None = 12,
    loops_at_most: int | None = 10_000,
    names: bool = True,
    author: bool = False,
) -> str:
    """Say what people agree and disagree about, in words: what ``loopmap compare`` prints.

    Parameters
    ----------
    m
        A map with claims of several people, such as :func:`loopmap.merge` makes.
    at_most
        The longest list; what is left out is counted. ``None`` lists everything.
    loops_at_most
        Look at so many loops, shortest first; the text says when this leaves some out.
    names
        Whether to end with names that may mean one thing.
    author
        Whether the map's author is one of the people. By default only if nobody else speaks: what
        the author writes above their claims is the facilitator's record, told apart.

    Returns
    -------
    str
        First one sentence with the disagreement, then every contradiction with what hangs on it,
        what they share, what only one of them drew, and the loops that nobody sees alone.

    Raises
    ------
    InvalidOptionError
        If ``at_most`` or ``loops_at_most`` is no such number.

    Examples
    --------
    >>> police = lm.SystemMap(links=[("Risk", "Calls", "+"), ("Calls", "Backlog", "+")])
    >>> health = lm.SystemMap(links=[("Risk", "Calls", "-")])
    >>> print(lm.compare_in_words(lm.merge({"Police": police, "Health": health})).splitlines()[1])
    They disagree about one link: Health says that Risk reduces Calls, Police that it increases it.
    """
    need_map(m)
    if at_most is not None and not (isinstance(at_most, int) and at_most >= 0):
        raise InvalidOptionError(f"at_most is the length of lists, or None, not {at_most!r}")
    labels = voice_labels(voices(m, author=author))
    found = agreement(m, author=author)
    shared = shared_loops(m, at_most=loops_at_most, author=author)
    who, *common = _who(found, labels)
    blocks = [
        [who, _one_sentence(found, labels), *common],
        _contradictions(found, labels, shared, at_most),
        _against_the_record(found, labels, at_most),
        _delays(found, labels, at_most),
        _read_differently(shared, at_most),
        _agreed(found, labels, at_most),
        _alone(found, labels, at_most),
        _on_record(found, at_most),
        _nobody_alone(shared, at_most),
        _crossing(m),
        _names(m, at_most) if names else [],
        list(shared.caveats),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


Labels = dict[str | None, str]


def _speakers(a: Agreement, labels: Labels, sign: Polarity | None = None) -> list[str]:
    return [labels[who] for who in labels if who in a.signs and sign in (None, a.signs[who])]


def _arrow(a: Agreement) -> str:
    via = f" (via {a.link.route})" if a.link.route else ""
    return f"{a.link.source} → {a.link.target}{via}"


def _cut(lines: Sequence[str], at_most: int | None, noun: str) -> list[str]:
    if at_most is None or len(lines) <= at_most:
        return list(lines)
    return [*lines[:at_most], f"  … and {counted(len(lines) - at_most, 'more ' + noun)}"]


def _who(found: Sequence[Agreement], labels: Labels) -> list[str]:
    drawn = {labels[who]: sum(who in a.signs for a in found) for who in labels}
    people = [who for who, n in drawn.items() if n]
    links = counted(len(found), "link")
    if len(people) < 2:
        return [f"{links}, all by {named(people)}: there is nobody to compare with."]
    told = [f"{counted(len(people), 'perspective')} on {links}: "]
    told[0] += ", ".join(f"{who} drew {drawn[who]:,}" for who in people) + "."
    by_name: dict[str, set[str | None]] = {}
    for a in found:
        for end in (a.link.source, a.link.target):
            by_name.setdefault(end, set()).update(a.signs)
    common = sorted((-len(who), name) for name, who in by_name.items() if len(who) > 1)
    told.append(
        f"{len(common):,} of {counted(len(by_name), 'variable')} "
        f"{'is' if len(common) == 1 else 'are'} linked by more than one of them"
        + (f"; most often {common[0][1]}, by {-common[0][0]:,}." if common else ".")
    )
    return told


def _one_sentence(found: Sequence[Agreement], labels: Labels) -> str:
    conflicts = [a for a in found if a.verdict == "conflict"]
    several = [a for a in found if len(a.signs) > 1]
    if len(conflicts) == 1:
        return f"They disagree about one link: {_told(conflicts[0], labels)}."
    if conflicts:
        about = [f"what {a.link.source} does to {a.link.target}" for a in conflicts[:4]]
        more = len(conflicts) - len(about)
        return (
            f"They disagree about {len(conflicts):,} of the {counted(len(several), 'link')} that "
            f"more than one of them drew: {named([*about, f'{more:,} more'] if more else about)}."
        )
    if several:
        drew = f"{counted(len(several), 'link')} {'were' if len(several) > 1 else 'was'} drawn"
        return (
            f"They contradict each other nowhere: {drew} by more than one of them, "
            "none with opposite signs."
        )
    if found and len({who for a in found for who in a.signs}) > 1:
        return (
            "They neither agree nor disagree: no link was drawn by more than one of them "
            "(silence is not disagreement)."
        )
    return "There is nothing to disagree about."


def _told(a: Agreement, labels: Labels) -> str:
    """``Health says that Risk reduces Referrals, Police that it increases it``."""
    parts = []
    for sign in _SIGNS:
        if people := _speakers(a, labels, sign):
            parts.append((people, SAID[sign]))
    parts.sort()
    said = []
    for i, (people, verb) in enumerate(parts):
        says = ("say" if len(people) > 1 else "says") + " " if not i else ""
        what = f"{a.link.source} {verb} {a.link.target}" if not i else f"it {verb} it"
        if i and " (" in verb:
            what = f"it {verb}"
        said.append(f"{named(people)} {says}that {what}")
    return ", ".join(said)


def _contradictions(
    found: Sequence[Agreement], labels: Labels, shared: SharedLoops, at_most: int | None
) -> list[str]:
    blocks = []
    along: dict[LinkKey, list[Loop]] = {}
    for loop in shared.loops:
        for link in loop.links:
            if link.polarity is Polarity.MIXED:
                along.setdefault(link.key, []).append(loop)
    for a in found:
        if a.verdict == "conflict":
            sides = [
                f"{sign} {named(people)}"
                for sign in _SIGNS
                if (people := _speakers(a, labels, sign))
            ]
            lines = [f"  {_arrow(a)}: {' | '.join(sides)}" + _silent(a)]
            lines += [
                f'      {labels.get(c.perspective, "on the record")}: "{c.quote}"'
                for c in a.link.claims
                if c.quote
            ]
            lines += _what_hangs_on_it(a, along.get(a.link.key, []))
            blocks.append("\n".join(lines))
    if not blocks:
        return []
    return ["Where they contradict each other", *_cut(blocks, at_most, "contradiction")]


def _silent(a: Agreement) -> str:
    return f" ({a.silent} silent)" if a.silent else ""


def _what_hangs_on_it(a: Agreement, through: Sequence[Loop]) -> list[str]:
    """The loops whose kind this sign alone decides."""
    alone = [
        loop
        for loop in through
        if all(x.polarity.is_known or x.key == a.link.key for x in loop.links)
    ]
    if not through:
        return ["      no loop runs along it"]
    if not alone:
        run = f"{counted(len(through), 'loop')} run{'s' * (len(through) == 1)}"
        return [f"      {run} along it, with other open signs"]
    verb = "reinforces or balances" if len(alone) == 1 else "reinforce or balance"
    return [f"      it decides whether {_loops(alone)} {verb}"]


def _loops(loops: Sequence[Loop]) -> str:
    if len(loops) > 4:
        return counted(len(loops), "loop")
    return named([f"{loop.label} {loop.name}".strip() for loop in loops])


def _against_the_record(
    found: Sequence[Agreement], labels: Labels, at_most: int | None
) -> list[str]:
    lines = [
        f"  {_arrow(a)}: {a.record} on the record | "
        + " | ".join(
            f"{sign} {named(people)}" for sign in _SIGNS if (people := _speakers(a, labels, sign))
        )
        for a in found
        if a.record_differs
    ]
    if not lines:
        return []
    return ["Where the facilitator's record has another sign", *_cut(lines, at_most, "link")]


def _on_record(found: Sequence[Agreement], at_most: int | None) -> list[str]:
    lines = [f"  {link_line(a.link)}" for a in found if a.verdict == "record"]
    if not lines:
        return []
    head = f"On the facilitator's record only, with nobody named ({counted(len(lines), 'link')})"
    return [head, *_cut(lines, at_most, "link")]


def _delays(found: Sequence[Agreement], labels: Labels, at_most: int | None) -> list[str]:
    """Who speaks of a delay where others, who speak of the link, do not: no disagreement."""
    lines = []
    for a in found:
        if a.slow and len(a.slow) < len(a.signs):
            slow = [labels[who] for who in labels if who in a.slow]
            silent = [labels[who] for who in labels if who in a.signs and who not in a.slow]
            says, say = (
                ("says" if len(slow) == 1 else "say"),
                ("says" if len(silent) == 1 else "say"),
            )
            lines.append(
                f"  {_arrow(a)}: {named(slow)} {says} it takes time; "
                f"{named(silent)} {say} nothing of that"
            )
    if not lines:
        return []
    head = "Where some see a delay (silence about it is not disagreement)"
    return [head, *_cut(lines, at_most, "delay")]


def _read_differently(shared: SharedLoops, at_most: int | None) -> list[str]:
    lines = []
    for s in (*shared.alone, *shared.shared):
        if s.disputed:
            kinds = sorted({(kind, who) for who, kind in s.readings.items()})
            sides = [
                f"{KIND_WORDS[kind]} for {named([who for _, who in group])}"
                for kind, group in groupby(kinds, key=lambda pair: pair[0])
            ]
            lines.append(f"  {path_line(s.loop.links)}: {', '.join(sides)}")
    return ["Loops they read differently", *_cut(lines, at_most, "loop")] if lines else []


def _agreed(found: Sequence[Agreement], labels: Labels, at_most: int | None) -> list[str]:
    shared = sorted(
        (a for a in found if a.verdict == "agreed"), key=lambda a: (-len(a.signs), a.link.key)
    )
    lines = [f"  {link_line(a.said)}: {named(_speakers(a, labels))}" for a in shared]
    if not lines:
        return []
    return [f"What they share ({counted(len(lines), 'link')})", *_cut(lines, at_most, "link")]


def _alone(found: Sequence[Agreement], labels: Labels, at_most: int | None) -> list[str]:
    lines = []
    for who, label in labels.items():
        own = [a for a in found if a.verdict == "only" and who in a.signs]
        if own:
            drawn = [link_line(a.said) for a in own]
            shown = drawn if at_most is None else drawn[:3]
            more = f"; and {len(drawn) - len(shown):,} more" if len(drawn) > len(shown) else ""
            lines.append(f"  {label} ({len(own):,}): {'; '.join(shown)}{more}")
    if not lines:
        return []
    return [
        "What only one of them drew (the others were silent, which is not disagreement)",
        *_cut(lines, at_most, "perspective"),
    ]


def _nobody_alone(shared: SharedLoops, at_most: int | None) -> list[str]:
    total = len(shared.loops)
    if not total:
        return ["The map has no feedback loops."]
    if not shared:
        return [all_seen(total)] if not shared.on_record else []
    lines = [
        f"  {s.loop.label}{' ' + s.loop.name if s.loop.name else ''} needs {s.needs}: "
        f"{path_line(s.loop.links)}"
        for s in shared
    ]
    head = f"Loops that nobody sees alone ({len(shared):,} of {total:,})"
    return [head, *_cut(lines, at_most, "loop")]


def _crossing(m: SystemMap) -> list[str]:
    """Where somebody is said to hold variables: how much crosses from one agency to another."""
    found = boundary(m)
    return str(found).splitlines()[:1] if found.holders else []


def _names(m: SystemMap, at_most: int | None) -> list[str]:
    lines = [f"  {a!r} and {b!r}" for a, b in likely_same(m).items()]
    head = "Names that may mean one thing (nothing was joined; merge(…, same=) does it)"
    return [head, *_cut(lines, at_most, "pair")] if lines else []
