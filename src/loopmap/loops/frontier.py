"""The loop DAG: all loops of a core as paths through states of its frontier, not listed.

Variables are eliminated one after the other; the frontier is what borders on the eliminated
ones. A state says how partial loops pass through it (D. E. Knuth, *The Art of Computer
Programming* 4A, 7.1.4, "Simpath"; here by variables, on directed graphs):

* ``FREE``  not used yet,
* ``DONE``  used up, or with no ways left to use,
* tail of a fragment, which still needs a way in: the slot of the fragment's head,
* head of a fragment, which still needs a way out: ``HEAD`` + the slot of its tail.

Joining a way ``a -> b`` is one rule for all cases if a free variable counts as a fragment of
its own. Slots keep their place while a variable is in the frontier, so equal states are equal
bytes. State 0 of every layer is the empty one: no loop begun yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from loopmap.loops.chance import Below, pick

__all__ = ["DONE", "FREE", "HEAD", "Dag", "Plan", "frontier_dag", "plans"]

FREE, DONE, HEAD = 255, 254, 64
Pair = tuple[int, int]
#: A group of transitions that use the same ways: way in, way out (-1: none), from, to.
Group = tuple[int, int, list[int], list[int]]
#: The same for transitions that close a loop.
Closing = tuple[int, int, list[int]]


@dataclass(frozen=True, slots=True)
class Plan:
    """One step: the slot of the variable that goes, its ways, and slots that run dry.

    Ways are (slot of the neighbour, number of the pair). ``dry_in`` are the slots of variables
    with no way in left, ``dry_out`` with no way out left.
    """

    slot: int
    ins: list[tuple[int, int]]
    outs: list[tuple[int, int]]
    dry_in: list[int]
    dry_out: list[int]


def plans(pairs: Sequence[Pair], order: Iterable[int]) -> tuple[list[Plan], int]:
    """The steps of an elimination order, and how many slots they need."""
    into: dict[int, dict[int, int]] = {}
    out: dict[int, dict[int, int]] = {}
    for number, (u, v) in enumerate(pairs):
        for w in (u, v):
            into.setdefault(w, {})
            out.setdefault(w, {})
        out[u][v] = into[v][u] = number
    slot: dict[int, int] = {}
    free: list[int] = []
    width = 0
    made = []
    for v in order:
        for x in sorted({v, *into[v], *out[v]}):
            if x not in slot:
                if not free:
                    free.append(width)
                    width += 1
                slot[x] = free.pop()
        ins = [(slot[x], number) for x, number in into[v].items()]
        outs = [(slot[x], number) for x, number in out[v].items()]
        for x in into[v]:
            del out[x][v]
        for x in out[v]:
            del into[x][v]
        here = slot.pop(v)
        dry_in = [s for x, s in slot.items() if not into[x]]
        dry_out = [s for x, s in slot.items() if not out[x]]
        made.append(Plan(here, ins, outs, dry_in, dry_out))
        free.append(here)
    return made, width


@dataclass(slots=True)
class Dag:
    """Layers of transitions between states, and those that close a loop.

    ``steps[t]`` holds the number of states after step t, the groups of transitions into them
    and the groups that close loops in it.
    """

    pairs: list[Pair]
    steps: list[tuple[int, list[Group], list[Closing]]] = field(default_factory=list)

    def total(self, weight: Sequence[int]) -> int:
        """The sum over all loops of the product of their pairs' weights."""
        return self.forward(weight)[0]

    def totals(self, weights: Sequence[Sequence[int]]) -> list[int]:
        """The total for each of several weights."""
        return [self.total(weight) for weight in weights]

    def packed(self, weight: Sequence[int], digit: int) -> int:
        """The total for weights packed by length, and packed so itself."""
        return self.total(weight)

    def forward(self, weight: Sequence[int]) -> tuple[int, list[list[int]]]:
        """The total, and for every state the sum over the ways to it."""
        total = 0
        layers = [[1]]
        for size, groups, closings in self.steps:
            now = layers[-1]
            for a, b, froms in closings:
                total += sum([now[s] for s in froms]) * weight[a] * weight[b]
            following = [0] * size
            for a, b, froms, tos in groups:
                w = weight[a] * weight[b]
                if w == 1:
                    for s, t in zip(froms, tos, strict=True):
                        following[t] += now[s]
                elif w:
                    for s, t in zip(froms, tos, strict=True):
                        following[t] += now[s] * w
            layers.append(following)
        return total, layers

    def backward(self, weight: Sequence[int]) -> list[list[int]]:
        """For every state the sum over the ways to finish a loop from it."""
        layers = [[0] * self.steps[-1][0]] if self.steps else [[0]]
        sizes = [1, *(size for size, _, _ in self.steps)]
        for t in range(len(self.steps) - 1, -1, -1):
            _, groups, closings = self.steps[t]
            later = layers[-1]
            now = [0] * sizes[t]
            for a, b, froms, tos in groups:
                w = weight[a] * weight[b]
                for s, d in zip(froms, tos, strict=True):
                    now[s] += later[d] * w
            for a, b, froms in closings:
                w = weight[a] * weight[b]
                for s in froms:
                    now[s] += w
            layers.append(now)
        return layers[::-1]

    def shares(self, weight: Sequence[int]) -> tuple[int, list[int]]:
        """The total, and its derivative for the weight of every pair."""
        total, before = self.forward(weight)
        after = self.backward(weight)
        slope = [0] * (len(self.pairs) + 1)
        for t, (_, groups, closings) in enumerate(self.steps):
            now, later = before[t], after[t + 1]
            for a, b, froms, tos in groups:
                if a < 0 and b < 0:
                    continue
                flow = sum([now[s] * later[d] for s, d in zip(froms, tos, strict=True)])
                slope[a] += flow * weight[b]
                slope[b] += flow * weight[a]
            for a, b, froms in closings:
                flow = sum([now[s] for s in froms])
                slope[a] += flow * weight[b]
                slope[b] += flow * weight[a]
        return total, slope[:-1]  # the last entry is that of "no way", number -1

    def drawer(self, weight: Sequence[int]) -> Callable[[Below], list[int]]:
        """What draws one loop in proportion to its product of weights, as numbers of pairs."""
        after = self.backward(weight)
        leaving: list[dict[int, list[tuple[int, tuple[int, int, int]]]]] = []
        for (_, groups, closings), later in zip(self.steps, after[1:], strict=True):
            ways: dict[int, list[tuple[int, tuple[int, int, int]]]] = {}
            for a, b, froms, tos in groups:
                w = weight[a] * weight[b]
                for s, d in zip(froms, tos, strict=True):
                    if later[d] * w:
                        ways.setdefault(s, []).append((later[d] * w, (d, a, b)))
            for a, b, froms in closings:
                for s in froms:
                    ways.setdefault(s, []).append((weight[a] * weight[b], (-1, a, b)))
            leaving.append(ways)

        def draw(below: Below) -> list[int]:
            state, taken = 0, []
            for ways, now in zip(leaving, after, strict=False):
                state, a, b = pick(ways[state], now[state], below)
                taken += [pair for pair in (a, b) if pair >= 0]
                if state < 0:
                    break
            return taken

        return draw


def frontier_dag(pairs: Sequence[Pair], order: Iterable[int], *, most: int | None = None) -> Dag:
    """Build the DAG with plain dictionaries.

    Raises
    ------
    OverflowError
        If there are more than ``most`` states, or the frontier is too wide for the codes.
    """
    steps, width = plans(pairs, order)
    if width > HEAD:
        raise OverflowError(f"the frontier has {width} variables, more than {HEAD}")
    dag = Dag(list(pairs))
    empty = bytes([FREE]) * width
    states: list[bytes] = [empty]
    count = 0
    for step in steps:
        number: dict[bytes, int] = {empty: 0}
        groups: dict[Pair, tuple[list[int], list[int]]] = {(-1, -1): ([0], [0])}
        closings: dict[Pair, list[int]] = {}
        for s, state in enumerate(states):
            for ways, following in _transitions(state, step):
                if following is None:
                    closings.setdefault(ways, []).append(s)
                    continue
                dried = _dried(following, step)
                if dried is None:
                    continue
                t = number.setdefault(dried, len(number))
                froms, tos = groups.setdefault(ways, ([], []))
                froms.append(s)
                tos.append(t)
        states = list(number)
        count += len(states)
        if most is not None and count > most:
            raise OverflowError(f"more than {most:,} states")
        dag.steps.append(
            (
                len(states),
                [(a, b, froms, tos) for (a, b), (froms, tos) in groups.items()],
                [(a, b, froms) for (a, b), froms in closings.items()],
            )
        )
    return dag


def _transitions(state: bytes, step: Plan) -> Iterator[tuple[Pair, bytearray | None]]:
    """What can become of a state when the step's variable goes; ``None`` for a closed loop."""
    v = step.slot
    code = state[v]
    if code >= DONE:
        if state.count(FREE) + state.count(DONE) < len(state):  # the empty state stays implicit
            rest = bytearray(state)
            rest[v] = FREE
            yield (-1, -1), rest
        if code == DONE:
            return
    if code == FREE:
        arrived = [(joined, number) for joined, number in _entered(state, step) if joined]
    elif code >= HEAD:
        arrived = [(bytearray(state), -1)]
    else:
        for joined, number in _entered(state, step):
            if joined is not None:
                joined[v] = FREE
            yield (number, -1), joined
        return
    for entered, a in arrived:
        for slot, b in step.outs:
            code = entered[slot]
            if code == FREE or code < HEAD:
                joined = bytearray(entered)
                if _join(joined, v, slot):
                    joined[v] = FREE
                    yield (a, b), joined
                elif _alone(joined):
                    yield (a, b), None


def _entered(state: bytes, step: Plan) -> Iterator[tuple[bytearray | None, int]]:
    """The state with a way into the step's variable; ``None`` where that closes a loop."""
    for slot, number in step.ins:
        code = state[slot]
        if code == FREE or HEAD <= code < DONE:
            joined = bytearray(state)
            if _join(joined, slot, step.slot):
                yield joined, number
            elif _alone(joined):
                yield None, number


def _join(state: bytearray, a: int, b: int) -> bool:
    """Join a way from slot ``a`` to slot ``b``; false, and nothing done, if it closes a loop."""
    from_code, to_code = state[a], state[b]
    tail = a if from_code == FREE else from_code - HEAD
    if tail == b:
        return False
    head = b if to_code == FREE else to_code
    state[a] = state[b] = DONE
    state[tail] = head
    state[head] = HEAD + tail
    return True


def _alone(state: bytearray) -> bool:
    """Whether there is but one fragment."""
    return len(state) - state.count(FREE) - state.count(DONE) == 2


def _dried(state: bytearray, step: Plan) -> bytes | None:
    """The state with useless free slots marked done; ``None`` if a fragment cannot be closed."""
    for s in step.dry_in:
        code = state[s]
        if code == FREE:
            state[s] = DONE
        elif code < HEAD:
            return None
    for s in step.dry_out:
        code = state[s]
        if code == FREE:
            state[s] = DONE
        elif HEAD <= code < DONE:
            return None
    return bytes(state)
