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
bytes. The first state is the empty one: no loop begun yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from loopmap.loops.counting.weighted_choice import Below, pick

__all__ = ["DONE", "FREE", "HEAD", "Dag", "Pair", "Plan", "frontier_dag", "plans"]

FREE, DONE, HEAD = 255, 254, 64
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Plan:
    """One step: the slot of the variable that goes, its ways, and slots that run dry.

    Ways are (slot of the neighbour, number of the pair). ``dry_in`` are the slots of variables
    whose last way in goes with this step, ``dry_out`` those whose last way out goes.
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
            if w not in into:
                into[w], out[w] = {}, {}
        out[u][v] = into[v][u] = number
    slot: dict[int, int] = {}
    free: list[int] = []
    width = 0
    made = []
    for v in order:
        sources, targets = into.pop(v), out.pop(v)
        for x in sorted({v, *sources, *targets}):
            if x not in slot:
                if free:
                    slot[x] = free.pop()
                else:
                    slot[x] = width
                    width += 1
        for x in sources:
            del out[x][v]
        for x in targets:
            del into[x][v]
        here = slot.pop(v)
        made.append(
            Plan(
                here,
                [(slot[x], number) for x, number in sources.items()],
                [(slot[x], number) for x, number in targets.items()],
                [slot[x] for x in targets if not into[x]],
                [slot[x] for x in sources if not out[x]],
            )
        )
        free.append(here)
    return made, width


class Step(NamedTuple):
    """Transitions of one step: those that use no way, those that use some, those that close.

    They are (state before, state after, way), and each but the second kind lacks one of these.
    """

    size: int
    idle: list[tuple[int, int]]
    moves: list[tuple[int, int, int]]
    closing: list[tuple[int, int]]


@dataclass(slots=True)
class Dag:
    """Layers of transitions between states, and those that close a loop.

    ``ways`` are pairs of pairs, a way in and a way out, -1 for none.
    """

    pairs: list[Pair]
    ways: list[Pair] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    def total(self, weight: Sequence[int]) -> int:
        """The sum over all loops of the product of their pairs' weights."""
        return self.forward(self._factors(weight))[0]

    def totals(self, weights: Sequence[Sequence[int]]) -> list[int]:
        """The total for each of several weights."""
        return [self.total(weight) for weight in weights]

    def packed(self, weight: Sequence[int], digit: int) -> int:
        """The total for weights packed by length, and packed so itself."""
        return self.total(weight)

    def _factors(self, weight: Sequence[int]) -> list[int]:
        return [weight[a] * weight[b] for a, b in self.ways]

    def forward(self, factors: Sequence[int]) -> tuple[int, list[list[int]]]:
        """The total, and for every state the sum over the ways to it."""
        total = 0
        now = [1]
        layers = [now]
        for size, idle, moves, closing in self.steps:
            total += sum([now[s] * factors[w] for s, w in closing])
            following = [0] * size
            for s, t in idle:
                following[t] += now[s]
            for s, t, w in moves:
                following[t] += now[s] * factors[w]
            now = following
            layers.append(now)
        return total, layers

    def backward(self, factors: Sequence[int]) -> list[list[int]]:
        """For every state the sum over the ways to finish a loop from it."""
        sizes = [1, *(step.size for step in self.steps)]
        later = [0] * sizes.pop()
        layers = [later]
        for _, idle, moves, closing in reversed(self.steps):
            now = [0] * sizes.pop()
            for s, t in idle:
                now[s] += later[t]
            for s, t, w in moves:
                now[s] += later[t] * factors[w]
            for s, w in closing:
                now[s] += factors[w]
            later = now
            layers.append(now)
        return layers[::-1]

    def shares(self, weight: Sequence[int]) -> tuple[int, list[int]]:
        """The total, and its derivative for the weight of every pair."""
        factors = self._factors(weight)
        total, before = self.forward(factors)
        after = self.backward(factors)
        flow = [0] * len(factors)
        for now, later, step in zip(before, after[1:], self.steps, strict=False):
            for s, t, w in step.moves:
                flow[w] += now[s] * later[t]
            for s, w in step.closing:
                flow[w] += now[s]
        slope = [0] * (len(self.pairs) + 1)
        for (a, b), through in zip(self.ways, flow, strict=True):
            if through:
                slope[a] += through * weight[b]
                slope[b] += through * weight[a]
        return total, slope[:-1]  # the last entry is that of "no way", number -1

    def sampler(self, weight: Sequence[int]) -> Callable[[Below], list[int]]:
        """What draws one loop in proportion to its product of weights, as numbers of pairs."""
        factors = self._factors(weight)
        after = self.backward(factors)
        leaving: list[dict[int, list[tuple[int, Pair]]]] = []
        for step, later in zip(self.steps, after[1:], strict=True):
            options: dict[int, list[tuple[int, Pair]]] = {}
            for s, w in step.closing:
                options.setdefault(s, []).append((factors[w], (-1, w)))
            for s, t in step.idle:
                options.setdefault(s, []).append((later[t], (t, -1)))
            for s, t, w in step.moves:
                options.setdefault(s, []).append((later[t] * factors[w], (t, w)))
            leaving.append(options)

        def draw(below: Below) -> list[int]:
            state, taken = 0, []
            for options, now in zip(leaving, after, strict=False):
                state, way = pick(options[state], now[state], below)
                taken += [pair for pair in self.ways[way] if pair >= 0 and way >= 0]
                if state < 0:
                    break
            return taken

        return draw


def frontier_dag(pairs: Sequence[Pair], order: Iterable[int]) -> Dag:
    """Build the DAG with plain dictionaries.

    Raises
    ------
    OverflowError
        If the frontier is too wide for the codes.
    """
    steps, width = plans(pairs, order)
    if width > HEAD:
        raise OverflowError(f"the frontier has {width} variables, more than {HEAD}")
    dag = Dag(list(pairs))
    states = [bytes([FREE]) * width]
    for plan in steps:
        states = _eliminated(states, plan, dag)
    return dag


def _eliminated(states: list[bytes], plan: Plan, dag: Dag) -> list[bytes]:
    """Add the step in which a plan's variable goes; the states it leads to.

    This is the innermost loop of counting without a compiler, hence of one piece. A way into the
    variable is given by a variable that is free or the head of a fragment, whose tail is what
    matters; a way out is taken by one that is free or a tail, whose head is what matters.
    """
    v, ins, outs, dry_in, dry_out = plan.slot, plan.ins, plan.outs, plan.dry_in, plan.dry_out
    first, base = len(dag.ways), len(outs) + 1
    dag.ways += [(a, b) for a in (-1, *[k for _, k in ins]) for b in (-1, *[k for _, k in outs])]
    number: dict[bytes, int] = {}
    idle: list[tuple[int, int]] = []
    moves: list[tuple[int, int, int]] = []
    closing: list[tuple[int, int]] = []
    givers = [(a, first + (k + 1) * base) for k, (a, _) in enumerate(ins)]
    takers = [(b, k + 1) for k, (b, _) in enumerate(outs)]
    for s, state in enumerate(states):
        code = state[v]
        rest = bytearray(state)
        rest[v] = FREE
        for x in dry_in:
            if rest[x] == FREE:
                rest[x] = DONE
        for x in dry_out:
            if rest[x] == FREE:
                rest[x] = DONE
        if code >= DONE:
            for x in dry_in:
                if rest[x] < HEAD:
                    break
            else:
                for x in dry_out:
                    if HEAD <= rest[x] < DONE:
                        break
                else:
                    idle.append((s, number.setdefault(bytes(rest), len(number))))
            if code == DONE:
                continue
        if HEAD <= code < DONE:
            giving = [(code - HEAD, v, first)]
        else:
            giving = []
            for a, way in givers:
                c = state[a]
                if c == FREE:
                    giving.append((a, a, way))
                elif HEAD <= c < DONE:
                    giving.append((c - HEAD, a, way))
        if not giving:
            continue
        if code < HEAD:
            taking = [(code, v, 0)]
        else:
            taking = []
            for b, way in takers:
                c = state[b]
                if c == FREE:
                    taking.append((b, b, way))
                elif c < HEAD:
                    taking.append((c, b, way))
        for tail, a, way in giving:
            for head, b, onward in taking:
                if tail == b:  # their fragment is the same: it closes, if it is the only one
                    fragments = len(state) - state.count(FREE) - state.count(DONE)
                    if fragments == (0 if tail == a else 2):
                        closing.append((s, way + onward))
                    continue
                joined = rest[:]
                joined[a] = joined[b] = DONE
                joined[v] = FREE
                joined[tail] = head
                joined[head] = HEAD + tail
                for x in dry_in:
                    if joined[x] < HEAD:
                        break
                else:
                    for x in dry_out:
                        if HEAD <= joined[x] < DONE:
                            break
                    else:
                        t = number.setdefault(bytes(joined), len(number))
                        moves.append((s, t, way + onward))
    dag.steps.append(Step(len(number), idle, moves, closing))
    return list(number)
