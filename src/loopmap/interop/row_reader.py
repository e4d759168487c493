"""Rows of a table to claims: what every cell means, and what there is to say about it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise, product
from typing import Any, NamedTuple, cast

from loopmap.errors import MapSyntaxError, Problem, shown
from loopmap.interop.cell_lists import DITTO, names_in, one_text, spelled_in
from loopmap.interop.cells import is_container, read_delay, read_number, text_of
from loopmap.interop.columns import plain_name
from loopmap.interop.sign_columns import SignColumn, read_signs
from loopmap.interop.table_report import TableReport
from loopmap.model import ELEMENT_KINDS, LINK_KINDS, Claim, LinkKey
from loopmap.model.text import is_refused, one_line
from loopmap.options import ElementKind, LinkKindName
from loopmap.polarity import Polarity

__all__ = ["MOST_LINKS", "TEXTS", "Distinct", "RowReader", "cell_text"]

#: Role of a column -> the part of a claim it fills, for those that are text.
TEXTS = {"evidence": "evidence", "basis": "basis", "quote": "quote", "reference": "source",
         "note": "note"}  # fmt: skip

#: A name with none of these is one name.
_MARKS = re.compile(r'[|;,，、"]')

_LONGEST_DITTO = max(map(len, DITTO))

#: Tables that hold more are refused: no map of that size can be read, and no loop of it found.
MOST_LINKS = 50_000
#: So many links may the lists in one row make.
_MOST_IN_A_ROW = 1_000


class Distinct(NamedTuple):
    """A row of texts, and the number of the first row that says it."""

    number: int
    cells: tuple[str, ...]


def cell_text(cell: Any, number: int, report: TableReport) -> str:
    """Give a cell as text; line breaks stay, for they may part names."""
    if isinstance(cell, str):
        if cell.isprintable():
            return cell.strip()
    elif is_container(cell):
        report.count("cells with lists and the like are not read", "dropped", number,
                     "put one value into each: df.explode(…) makes rows of a list")  # fmt: skip
        return ""
    else:
        return text_of(cell)
    if any(map(is_refused, cell.strip().replace("\n", "").replace("\r", ""))):
        report.count("line breaks and control characters are read as blanks", "changed", number)
        return one_line(cell)
    return cell.strip()


class RowReader:
    """Reads the rows of one table, whose columns are known."""

    def __init__(
        self,
        headers: Sequence[str],
        columns: Mapping[str, int],
        report: TableReport,
        *,
        in_file: bool,
        who: str | None,
        labels: Mapping[str, str],
        sure: bool,
        kinds: Mapping[str, ElementKind],
    ) -> None:
        self.headers, self.columns, self.report = headers, columns, report
        self.in_file, self.who, self.labels, self.sure = in_file, who, labels, sure
        self.kinds = dict(kinds)
        self.said: dict[tuple[str, ...], tuple[Claim, LinkKindName, str]] = {}
        self.carried = tuple(r for r in ("source", "target", "perspective") if r in columns)
        # Few texts stand in a column of signs, so it tells soonest that a row is no header.
        self.called = sorted(
            ((role, plain_name(headers[at])) for role, at in columns.items()),
            key=lambda called: called[0] != "sign",
        )
        self.above: dict[str, str] = {}
        self.last = -1
        self.listed = 0
        self.known: frozenset[str] = frozenset()
        self.signs = SignColumn({}, ())
        # Our own tables put names with a comma into their cells whole.
        self.is_own = list(headers[:3]) == ["source", "target", "sign"]
        self.is_typed = in_file or not self.is_own
        self.outlined = False

    def claims_of(self, table: Sequence[Distinct]) -> dict[LinkKey, list[tuple[int, Claim]]]:
        """Give the claims of every link, with the numbers of their rows."""
        rows = [(row.number, self._roles(row.cells)) for row in table]
        if "sign" in self.columns:
            self.signs = read_signs({row.get("sign", "") for _, row in rows}, sure=self.sure)
        self.outlined = self.in_file and self._is_outline([row for _, row in rows])
        if self.is_typed:
            alone = (row[end] for _, row in rows for end in ("source", "target"))
            self.known = frozenset(text.casefold() for text in alone if text)
        found: dict[LinkKey, dict[Claim, int]] = {}
        made = 0
        for number, row in rows:
            if self._is_header(row, number):
                continue
            claim_and_keys = self._read(row, number)
            if claim_and_keys is None:
                continue
            claim, keys = claim_and_keys
            made += len(keys)
            if made > MOST_LINKS:
                raise self._too_long(f"this table has more than {MOST_LINKS:,} links")
            for key in keys:
                said = found.setdefault(key, {})
                if claim in said:
                    what = "rows say the same as one above and count once"
                    remedy = "if several people said so, name them in a column 'perspective'"
                    self.report.count(what, "alike", number, remedy)
                said.setdefault(claim, number)
        return {key: [(n, claim) for claim, n in said.items()] for key, said in found.items()}

    def _roles(self, cells: tuple[str, ...]) -> dict[str, str]:
        ends = ("source", "target")
        return {
            role: text if role in ends else one_line(text)
            for role, at in self.columns.items()
            for text in (cells[at] if at < len(cells) else "",)
        }

    def _is_header(self, row: Mapping[str, str], number: int) -> bool:
        if not self.in_file or any(plain_name(row[role]) != name for role, name in self.called):
            return False
        self.report.count("the names of the columns are repeated", "dropped", number)
        return True

    def _read(self, row: dict[str, str], number: int) -> tuple[Claim, list[LinkKey]] | None:
        """Make the claim of one row and say of which links, or report why there is none."""
        self._carry_down(row, number)
        if not (row["source"] and row["target"]):
            if any(row.values()):
                missing = "a cause" if not row["source"] else "an effect"
                self.report.count(f"rows without {missing} are not read", "dropped", number)
            return None
        sources, targets = (self._names(row[end], number) for end in ("source", "target"))
        if not sources or not targets or len(sources) * len(targets) > _MOST_IN_A_ROW:
            what = "rows with too many names in a cell are not read"
            self.report.count(what, "dropped", number)
            return None
        self._note_kinds(row, sources, targets, number)
        rest = tuple(row.values())[2:]  # most rows say what another says, of another link
        said = self.said.get(rest)
        if said is None:
            told = self.report.told
            said = self._said(row, number)
            if self.report.told == told:
                self.said[rest] = said
        claim, kind, route = said
        return claim, [LinkKey(a, b, kind, route) for a, b in product(sources, targets)]

    def _said(self, row: dict[str, str], number: int) -> tuple[Claim, LinkKindName, str]:
        """Make the claim of one row; give the kind and the route of its links, too."""
        kind = self._kind(row, number)
        sign = self._sign(row, number)
        if sign and not LINK_KINDS[kind].signed:
            what = f"the sign of a {kind!r} link says nothing and is not kept"
            self.report.count(what, "dropped", number)
            sign = Polarity.UNKNOWN
        if row.get("sign") in self.signs.degrees:
            row["note"] = "; ".join(filter(None, (row["sign"], row.get("note"))))
        claim = Claim(
            row.get("perspective") or self.who,
            sign,
            self._delay(row, number),
            self._strength(row, sign, number),
            **{field: row.get(role, "") for role, field in TEXTS.items()},
        )
        return claim, kind, row.get("route", "")

    def _carry_down(self, row: dict[str, str], number: int) -> None:
        """Fill what stands for the cell above: a ditto mark, or nothing under a cause."""
        for role in self.carried if self.in_file else ():
            above = self.above.get(role)
            if above and len(row[role]) <= _LONGEST_DITTO and row[role].casefold() in DITTO:
                row[role] = above
                self.report.count("ditto marks are read as what stands above", "guessed", number)
        if self.in_file and not row["source"] and row["target"] and number == self.last + 1:
            row["source"] = self.above.get("source", "")
            if row["source"]:
                what = "rows without a cause are read with the cause above"
                self.report.count(what, "guessed", number, "write the cause into every row")
        if self.in_file and "perspective" in row and number == self.last + 1:
            self._go_on_speaking(row, number)
        if self.in_file and row.get("perspective"):
            row["perspective"] = one_text(row["perspective"])
        self.above = {role: row[role] for role in self.carried}
        self.last = number

    def _is_outline(self, rows: Sequence[Mapping[str, str]]) -> bool:
        """Whether whoever stands at the left of the causes speaks until the next one is named.

        So tables look that had merged cells: nobody stands there twice in a row.
        """
        who = [row.get("perspective", "") for row in rows]
        at = self.columns.get("perspective", len(self.headers))
        if at > min(self.columns["source"], self.columns["target"]) or not (who and who[0]):
            return False
        return not any(a and a == b for a, b in pairwise(who))

    def _go_on_speaking(self, row: dict[str, str], number: int) -> None:
        """Let an outline go on with the one above; elsewhere ask whether that was meant."""
        above = self.above.get("perspective")
        if self.is_own or not above or row["perspective"] or not row["target"]:
            return
        remedy = "write into every row who says so"
        if self.outlined:
            row["perspective"] = above
            what = "rows that name nobody are read as said by the one above"
        else:
            what = "rows below a name that name nobody are read as the author's"
            remedy += ", if the one above does"
        self.report.count(what, "guessed", number, remedy)

    def _names(self, text: str, number: int) -> list[str]:
        """Give the names in a cell; several only where people typed it."""
        if text.isprintable() and not _MARKS.search(text):
            return [self._called(text, number)] if text else []
        if not self.is_typed:
            names, parted = [self._spaced(text, number)], ""
        else:
            names, parted = names_in(text, () if self.is_own else self.known)
        if parted:
            self.listed += len(names)
            if self.listed > MOST_LINKS:
                raise self._too_long(f"the lists in cells make more than {MOST_LINKS:,} names")
            what = f"cells with several names, parted by {parted}, are read as several links"
            self.report.count(
                what, "guessed", number, 'put a name in quotes, "…", to keep it whole'
            )
        elif not self.is_own and not {",", ";"}.isdisjoint(text) and spelled_in(text) is None:
            what = "names with a comma or semicolon are read as one name each: {}"
            remedy = "part several with |"
            self.report.count(what, "guessed", number, remedy, value=one_line(text))
        names = [self._spaced(name, number) for name in names]
        return list(dict.fromkeys(self._called(name, number) for name in names if name))

    def _too_long(self, what: str) -> MapSyntaxError:
        remedy = "is it a map? keep the rows of one map, or the strongest links"
        return MapSyntaxError([Problem(what, self.report.where, remedy, "error", "length")])

    def _spaced(self, text: str, number: int) -> str:
        if text.isprintable():
            return text
        if "\n" in text or "\r" in text:
            what = "line breaks and control characters are read as blanks"
            self.report.count(what, "changed", number)
        return one_line(text)

    def _called(self, name: str, number: int) -> str:
        if not self.labels:
            return name
        label = self.labels.get(name)
        if label is None:
            self.report.count("names that the other sheet does not list stay as they are: {}",
                              "ids", number, value=name)  # fmt: skip
        return label or name

    def _kind(self, row: Mapping[str, str], number: int) -> LinkKindName:
        kind = cast("LinkKindName", row.get("kind", "").casefold() or "causal")
        if kind not in LINK_KINDS:
            self.report.count(f"the kind {shown(kind)} is read as causal", "guessed", number)
            kind = "causal"
        return kind

    def _sign(self, row: Mapping[str, str], number: int) -> Polarity:
        text = row.get("sign", "")
        sign = self.signs.signs.get(text)
        if sign is None and text:
            self.report.count("signs that are read as ? (not known): {}", "guessed", number,
                              "write + - ? or +/-", value=text)  # fmt: skip
        for told in self.signs.told:
            if text in told.cells:
                self.report.count(told.what, told.rule, number, told.remedy)
        return sign or Polarity.UNKNOWN

    def _delay(self, row: Mapping[str, str], number: int) -> bool:
        text = row.get("delayed", "")
        if not text:
            return False
        delayed = read_delay(text)
        if delayed is None:
            self.report.count("delays that are read as delayed: {}", "guessed", number, value=text)
        elif delayed and read_number(text) not in (None, 1.0):
            self.report.count("how long a delay is, is not kept", "dropped", number)
        return delayed is not False

    def _strength(self, row: Mapping[str, str], sign: Polarity, number: int) -> float | None:
        text = row.get("strength", "")
        if not text:
            return None
        strength = read_number(text)
        if self.columns.get("strength") == self.columns.get("sign"):
            return None if strength is None else abs(strength)  # its sign is the link's
        if text and strength is None:
            what = "strengths that are no numbers are not kept: {}"
            self.report.count(what, "dropped", number, value=text)
        return strength

    def _note_kinds(
        self, row: Mapping[str, str], sources: list[str], targets: list[str], number: int
    ) -> None:
        for end, names in (("source", sources), ("target", targets)):
            if f"{end} kind" not in row:
                continue
            kind = cast("ElementKind", row.get(f"{end} kind", "").casefold())
            if kind and kind not in ELEMENT_KINDS:
                what = f"the kind {shown(kind)} of an element is not kept"
                self.report.count(what, "dropped", number)
                continue
            for name in names if kind else ():
                if self.kinds.setdefault(name, kind) != kind:
                    what = f"{shown(name)} is read as a {self.kinds[name]}, not a {kind}"
                    self.report.count(what, "changed", number)
