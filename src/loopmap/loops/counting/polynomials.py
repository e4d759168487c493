"""Polynomials in one whole number: coefficients as digits of base 2^digit (L. Kronecker 1882)."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["packed", "unpacked"]


def packed(coefficients: Sequence[int], digit: int) -> int:
    """Put coefficients, the constant one first, into one whole number."""
    return sum(x << digit * k for k, x in enumerate(coefficients))


def unpacked(number: int, digit: int) -> list[int]:
    """The coefficients of a packed polynomial; each is below 2^(digit - 1) in size.

    Examples
    --------
    >>> unpacked(packed([1, -2, 3], 8), 8)
    [1, -2, 3]
    """
    count = abs(number).bit_length() // digit + 1
    half = 1 << (digit - 1)
    number += half * (((1 << digit * (count + 1)) - 1) // ((1 << digit) - 1))
    mask = (1 << digit) - 1
    found = [(number >> digit * k & mask) - half for k in range(count + 1)]
    while found and not found[-1]:
        found.pop()
    return found
