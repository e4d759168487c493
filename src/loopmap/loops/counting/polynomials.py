"""Polynomials in one whole number: coefficients as digits of base 2^digit (L. Kronecker 1882)."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["packed", "unpacked"]


def packed(coefficients: Sequence[int], digit: int) -> int:
    """Put coefficients, the constant one first, into one whole number."""
    return sum(x << digit * k for k, x in enumerate(coefficients))


def unpacked(number: int, digit: int) -> list[int]:
    """The coefficients of a packed polynomial; each is below 2^(digit - 1) in size.

    ``digit`` is a number of whole bytes, so that digits are cut out of bytes, in linear time.

    Examples
    --------
    >>> unpacked(packed([1, -2, 3], 8), 8)
    [1, -2, 3]
    """
    width = digit // 8
    count = abs(number).bit_length() // digit + 1
    half = 1 << (digit - 1)
    digits = (number + half * _ones(count, digit)).to_bytes(count * width + 1, "little")
    found = [
        int.from_bytes(digits[k : k + width], "little") - half
        for k in range(0, count * width, width)
    ]
    while found and not found[-1]:
        found.pop()
    return found


def _ones(count: int, digit: int) -> int:
    """The number of so many digits 1."""
    return int.from_bytes((1).to_bytes(digit // 8, "little") * count, "little")
