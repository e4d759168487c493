"""The loop DAG of :mod:`loopmap.loops.counting.frontier` in numpy arrays, for wider frontiers.

The same states and the same rule for joining, but all states of a layer at once. Equal states
meet by sorting a 64-bit mix of their codes; neighbours are compared in full, so that an unlucky
mix only leaves a state in two rows, and sums stay exact. Sums are taken modulo 2^64 and, where
totals are larger, also modulo primes below 2^31, and put together by the Chinese remainder
theorem; a sum in floating point says beforehand how many are needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from loopmap.loops.counting.frontier import DONE, FREE, HEAD, Pair, Plan, plans
from loopmap.loops.counting.weighted_choice import Below, pick

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

__all__ = ["ArrayDag", "array_dag"]

PRIMES = (2147483647, 2147483629, 2147483587, 2147483579)


@dataclass(frozen=True, slots=True)
class Layer:
    """Transitions of one step, sorted by where they lead, and those that close a loop.

    ``ways`` are places in :attr:`ArrayDag.pairs_of`; ``starts`` where each state's rows begin.
    """

    sources: Array
    ways: Array
    starts: Array
    closing: Array
    closing_ways: Array
    size: int


class ArrayDag:
    """All loops of a block as paths through layers of states; see :class:`LoopDag`."""

    def __init__(self, layers: list[Layer], pairs_of: Array) -> None:
        self.layers = layers
        self.pairs_of = pairs_of  # (ways, 2): numbers of two pairs, -1 for none
        self.states = sum(layer.size for layer in layers)

    def total(self, weight: Sequence[int]) -> int:
        """The sum over all loops of the product of their pairs' weights."""
        return self._exactly(weight, lambda w, prime: [self._forward(w, prime)[0]])[0]

    def totals(self, weights: Sequence[Sequence[int]]) -> list[int]:
        """The total for each of several weights."""
        return [self.total(weight) for weight in weights]

    def shares(self, weight: Sequence[int]) -> tuple[int, list[int]]:
        """The total, and its derivative for the weight of every pair."""
        total, *by_way = self._exactly(weight, self._flows)
        slope = [0] * len(weight)
        for (a, b), flow in zip(self.pairs_of.tolist(), by_way, strict=True):
            slope[a] += flow * weight[b]
            slope[b] += flow * weight[a]
        return total, slope[:-1]

    def packed(self, weight: Sequence[int], digit: int) -> int:
        """The total for weights packed by length, and packed so itself."""
        import numpy as np

        products = [weight[a] * weight[b] for a, b in self.pairs_of.tolist()]
        shift = [(x & -x).bit_length() - 1 if x else 0 for x in products]  # most are one power of z
        odd = [x >> s for x, s in zip(products, shift, strict=True)]
        shifts, factors = _objects(shift), _objects(odd)
        special = np.array([x != 1 for x in odd])

        def moved(now: Array, sources: Array, ways: Array) -> Array:
            products = now[sources] << shifts[ways]
            rows = np.flatnonzero(special[ways])
            if len(rows):
                products[rows] *= factors[ways[rows]]
            return products

        total = 0
        now = _objects([1])
        for layer in self.layers:
            if len(layer.closing):
                total += moved(now, layer.closing, layer.closing_ways).sum()
            now = np.add.reduceat(moved(now, layer.sources, layer.ways), layer.starts)
        return total

    def sampler(self, weight: Sequence[int]) -> Callable[[Below], list[int]]:
        """What draws one loop in proportion to its product of weights, as numbers of pairs."""
        after = self._backward(self._factors(weight), None)
        factors = self._factors(weight)
        order = [layer.sources.argsort(kind="stable") for layer in self.layers]
        ranks = [layer.sources[row] for layer, row in zip(self.layers, order, strict=True)]

        def options(t: int, state: int) -> list[tuple[int, tuple[int, int]]]:
            layer, later = self.layers[t], after[t + 1]
            first, last = ranks[t].searchsorted([state, state + 1])
            found = []
            for row in order[t][first:last].tolist():
                to = int(layer.starts.searchsorted(row, "right")) - 1
                found.append((factors[layer.ways[row]] * later[to], (to, int(layer.ways[row]))))
            for row in (layer.closing == state).nonzero()[0].tolist():
                way = int(layer.closing_ways[row])
                found.append((factors[way], (-1, way)))
            return found

        def draw(below: Below) -> list[int]:
            state, taken = 0, []
            for t in range(len(self.layers)):
                state, way = pick(options(t, state), after[t][state], below)
                taken += [pair for pair in self.pairs_of[way].tolist() if pair >= 0]
                if state < 0:
                    break
            return taken

        return draw

    # -- passes ------------------------------------------------------------------------------

    @cached_property
    def _places(self) -> list[Array]:
        """Where each transition leads."""
        import numpy as np

        return [
            np.repeat(np.arange(x.size), np.diff(np.append(x.starts, len(x.sources))))
            for x in self.layers
        ]

    def _factors(self, weight: Sequence[int]) -> Array:
        return _objects([weight[a] * weight[b] for a, b in self.pairs_of.tolist()])

    def _bound(self, weight: Sequence[int]) -> float:
        """No less than any sum of absolute products, and than any derivative: zeros count as 1."""
        import numpy as np

        if max(map(abs, weight)).bit_length() > 500:
            return float("inf")
        row = np.array([abs(float(x)) or 1.0 for x in weight])
        with np.errstate(over="ignore"):
            total: float = self._forward(row[self.pairs_of].prod(axis=1), None)[0]
        return 2.0 * total + 1.0

    def _exactly(
        self, weight: Sequence[int], values: Callable[[Array, int | None], list[int]]
    ) -> list[int]:
        """Evaluate with as many moduli as exact whole numbers need."""
        import numpy as np

        bound = self._bound(weight)
        if bound >= 2.0**64 * float(PRIMES[0]) ** len(PRIMES):
            return values(self._factors(weight), None)
        wrapped = np.array([_wrapped(x) for x in weight], "i8")
        found = [x % 2**64 for x in values(wrapped[self.pairs_of].prod(axis=1), None)]
        modulus = 2**64
        for prime in PRIMES:
            if modulus > 2 * bound:
                break
            small = np.array([x % prime for x in weight], "i8")[self.pairs_of]
            more = values(small[:, 0] * small[:, 1] % prime, prime)
            lift = pow(modulus, -1, prime)
            found = [
                x + modulus * ((int(y) - x) * lift % prime)
                for x, y in zip(found, more, strict=True)
            ]
            modulus *= prime
        return [x - modulus if 2 * x > modulus else x for x in found]

    def _forward(self, factors: Array, prime: int | None) -> tuple[Any, list[Array]]:
        """The total and the sum over the ways to every state, in the type of ``factors``."""
        import numpy as np

        now = np.ones(1, factors.dtype)
        before = [now]
        kind = float if factors.dtype.kind == "f" else int
        total: Any = kind(0)
        for layer in self.layers:
            if len(layer.closing):
                part = now[layer.closing] * factors[layer.closing_ways]
                total += kind((part if prime is None else part % prime).sum())
            products = now[layer.sources] * factors[layer.ways]
            if prime is not None:
                products %= prime
            now = np.add.reduceat(products, layer.starts)
            if prime is not None:
                now %= prime
            before.append(now)
        return total, before

    def _backward(self, factors: Array, prime: int | None) -> list[Array]:
        """For every state the sum over the ways to finish a loop from it."""
        import numpy as np

        sizes = [1, *(layer.size for layer in self.layers)]
        later = np.zeros(sizes[-1], factors.dtype)
        after = [later]
        for t in range(len(self.layers) - 1, -1, -1):
            layer = self.layers[t]
            now = np.zeros(sizes[t], factors.dtype)
            products = later[self._places[t]] * factors[layer.ways]
            np.add.at(now, layer.sources, products if prime is None else products % prime)
            if len(layer.closing):
                np.add.at(now, layer.closing, factors[layer.closing_ways])
            later = now if prime is None else now % prime
            after.append(later)
        return after[::-1]

    def _flows(self, factors: Array, prime: int | None) -> list[int]:
        """The total, and for every way the sum over loops of their other factors."""
        import numpy as np

        total, before = self._forward(factors, prime)
        after = self._backward(factors, prime)
        flows = np.zeros(len(self.pairs_of), factors.dtype)
        for t, layer in enumerate(self.layers):
            products = before[t][layer.sources] * after[t + 1][self._places[t]]
            np.add.at(flows, layer.ways, products if prime is None else products % prime)
            if len(layer.closing):
                np.add.at(flows, layer.closing_ways, before[t][layer.closing])
            if prime is not None:
                flows %= prime
        return [total, *map(int, flows.tolist())]


def _wrapped(x: int) -> int:
    """A whole number modulo 2^64, as a signed 64-bit one."""
    return (x + 2**63) % 2**64 - 2**63


def _objects(numbers: Sequence[int]) -> Array:
    """Whole numbers of any size as an array."""
    import numpy as np

    row = np.empty(len(numbers), object)
    row[:] = numbers
    return row


# -- building --------------------------------------------------------------------------------


def array_dag(pairs: Sequence[Pair], order: Iterable[int]) -> ArrayDag:
    """Build the DAG with numpy."""
    import numpy as np

    steps, width = plans(pairs, order)
    layers = list(_layers(steps, width, len(pairs)))
    used = np.sort(np.concatenate([x.ways for x in layers] + [x.closing_ways for x in layers]))
    used = used[np.append(True, used[1:] != used[:-1])]  # np.unique would import numpy.ma
    for layer in layers:
        layer.ways[:] = np.searchsorted(used, layer.ways)
        layer.closing_ways[:] = np.searchsorted(used, layer.closing_ways)
    return ArrayDag(layers, np.stack([used // (len(pairs) + 1), used % (len(pairs) + 1)], 1) - 1)


def _layers(steps: list[Plan], width: int, pairs: int) -> Iterator[Layer]:
    import numpy as np

    states = np.full((1, -(-width // 8) * 8), FREE, np.uint8)
    for step in steps:
        rows, closing = _transitions(states, step, pairs)
        states, layer = _merged(rows, closing, step)
        yield layer


#: Codes of states, where they come from, the pairs they used.
Rows = tuple["Array", "Array", "Array"]


def _transitions(states: Array, step: Plan, pairs: int) -> tuple[list[Rows], list[Rows]]:
    """What becomes of all states when the step's variable goes; and what closes a loop."""
    import numpy as np

    v, base = step.slot, pairs + 1
    code = states[:, v]
    numbers = np.arange(len(states), dtype="i4")
    rows: list[Rows] = []
    closing: list[Rows] = []

    def put(codes: Array, sources: Array, ways: Array) -> None:
        codes[:, v] = FREE
        rows.append((codes, sources, ways))

    idle = code >= DONE
    put(states[idle], numbers[idle], np.zeros(int(idle.sum()), "i4"))
    heads = (code >= HEAD) & (code < DONE)
    entered = [(states[heads], numbers[heads], np.zeros(int(heads.sum()), "i4"))]
    for slot, pair in step.ins:
        giving = states[:, slot]
        gives = (giving == FREE) | ((giving >= HEAD) & (giving < DONE))
        for here, keep in ((code == FREE, entered), (code < HEAD, rows)):
            fits = np.flatnonzero(gives & here)
            ways = np.full(len(fits), (pair + 1) * base, "i4")
            for part, into in zip(_joined(states[fits], slot, v), (keep, closing), strict=True):
                codes, which = part
                if into is rows:
                    codes[:, v] = FREE
                into.append((codes, numbers[fits[which]], ways[which]))
    codes, sources, ways = (np.concatenate(column) for column in zip(*entered, strict=True))
    for slot, pair in step.outs:
        fits = np.flatnonzero((codes[:, slot] == FREE) | (codes[:, slot] < HEAD))
        (opened, which), (closed, shut) = _joined(codes[fits], v, slot)
        put(opened, sources[fits[which]], ways[fits[which]] + pair + 1)
        closing.append((closed, sources[fits[shut]], ways[fits[shut]] + pair + 1))
    return rows, closing


def _joined(codes: Array, a: int, b: int) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
    """Join a way from slot ``a`` to slot ``b`` in all rows: those still open, those closed.

    A closed loop counts only where there is no other fragment.
    """
    import numpy as np

    tail = np.where(codes[:, a] == FREE, np.uint8(a), codes[:, a] - np.uint8(HEAD))
    closes = tail == b
    shut = np.flatnonzero(closes)
    shut = shut[(codes[shut] < DONE).sum(axis=1) == 2]
    which = np.flatnonzero(~closes)
    joined, tail = codes[which], tail[which]
    head = np.where(joined[:, b] == FREE, np.uint8(b), joined[:, b])
    joined[:, a] = DONE
    joined[:, b] = DONE
    every = np.arange(len(joined))
    joined[every, tail] = head
    joined[every, head] = tail + np.uint8(HEAD)
    return (joined, which), (codes[shut], shut)


def _merged(rows: list[Rows], closing: list[Rows], step: Plan) -> tuple[Array, Layer]:
    """Drop dead states, merge equal ones, and sort transitions by where they lead."""
    import numpy as np

    codes, sources, ways = (np.concatenate(column) for column in zip(*rows, strict=True))
    alive = np.ones(len(codes), bool)
    for slots, needs in ((step.dry_in, (0, HEAD)), (step.dry_out, (HEAD, DONE))):
        for s in slots:
            column = codes[:, s]
            alive &= (column < needs[0]) | (column >= needs[1])
            column[column == FREE] = DONE
    codes, sources, ways = codes[alive], sources[alive], ways[alive]
    words = codes.view("u8")
    mix = words[:, 0]
    for k in range(1, words.shape[1]):
        mix = (mix ^ (mix >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9) + words[:, k]
    order = mix.argsort()
    words = words[order]
    new = np.ones(len(words), bool)
    new[1:] = (words[1:] != words[:-1]).any(axis=1)
    first = np.flatnonzero(new)
    states = codes[order[first]]
    shut = [np.concatenate(column) for column in zip(*closing, strict=True)][1:]
    layer = Layer(
        sources[order],
        ways[order],
        first,
        shut[0] if shut else np.zeros(0, "i4"),
        shut[1] if shut else np.zeros(0, "i4"),
        len(states),
    )
    return states, layer
