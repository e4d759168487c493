"""What people ask of loopmap, and the pages of the reference that answer."""

from __future__ import annotations

from typing import NamedTuple


class Question(NamedTuple):
    """Under a question: what it is about, and its pages.

    Each page is the names described on it, public ones first; the page has the name of the first.
    A name with a dot is a path inside loopmap: a class that nobody makes by hand but gets back.
    """

    about: str
    pages: tuple[str, ...]


#: The question -> what answers it, in the order a reader meets them.
QUESTIONS: dict[str, Question] = {
    "What is a map?": Question(
        "Elements, links made of claims, and loops that somebody named. Nothing in a map changes: "
        "every operation gives a new one.",
        ("SystemMap", "Element", "Link", "Claim", "NamedLoop", "Polarity",
         "LINK_KINDS model.kinds.LinkKind"),
    ),
    "How do I put a map in, and get it out?": Question(
        "From a file, a text, a table or a graph, and back; what is lost on the way is told.",
        (
            "read", "write", "reading Reading", "parse", "fmt", "FORMATS formats.Format",
            "from_frame", "from_matrix", "to_frame", "from_networkx", "to_networkx", "example",
            "examples", "places",
        ),
    ),
    "What looks wrong?": Question(
        "Advice about a map that works as it is.",
        ("check Problem", "check_named_loops NamedLoopFinding", "check_quotes"),
    ),
    "Which loops are there?": Question(
        "Feedback loops, shortest first; an answer that is not whole says so.",
        ("find_loops", "Loops", "Loop", "loop_tables LoopTable"),
    ),
    "How many loops?": Question(
        "Exact numbers without listing, however many there are.",
        ("count_loops LoopCounts Kinds", "participation Participation", "sample_loops"),
    ),
    "Which loops shall we talk about?": Question(
        "A few out of many, chosen or ranked, with what they stand for.",
        (
            "story_loops", "independent_loops", "ChosenLoops",
            "rank_loops analysis.ranking.RankedLoops analysis.ranking.RankedLoop",
        ),
    ),
    "Whose map is it?": Question(
        "Several people's maps laid together: who says what, where they disagree, what nobody "
        "sees alone.",
        (
            "merge", "likely_same", "compare", "compare_in_words", "consensus",
            "shared_loops analysis.sharing.SharedLoops analysis.sharing.SharedLoop",
            "boundary analysis.boundaries.Boundary",
        ),
    ),
    "What changed?": Question(
        "Between two maps: what came and went, how far apart they are, what an edit does to the "
        "loops.",
        (
            "diff analysis.differences.Diff analysis.changes.Change",
            "distance analysis.distances.Distance", "loop_changes LoopChanges",
        ),
    ),
    "How sure can we be?": Question(
        "What the loops rest on: evidence, and single signs.",
        ("robustness analysis.robustness.Robustness", "on_evidence", "most_decisive"),
    ),
    "How do I draw it?": Question(
        "One picture of a map, or several on one sheet; to show, to save, or live in a notebook.",
        (
            "draw", "Drawing", "draw_loops", "draw_panels", "draw_diff", "draw_before_after",
            "draw_places", "widget", "Style SCREEN PRINT WALL MONO DARK", "Layout",
        ),
    ),
    "What went wrong?": Question(
        "Every error that loopmap raises on purpose, and its one warning.",
        (
            "LoopmapError UnknownNameError InvalidMapError InvalidOptionError MapSyntaxError "
            "UnknownFormatError FileError TooLargeError MissingExtraError LossWarning",
        ),
    ),
}  # fmt: skip
