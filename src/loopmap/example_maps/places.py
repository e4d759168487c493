"""Which place of the report each example is about, and why most places have none."""

from __future__ import annotations

__all__ = ["EXAMPLE_PLACES", "WHY_NO_EXAMPLE"]

#: Example -> the places of Appendix A it is about, as printed there; none for ``hurdles``.
EXAMPLE_PLACES: dict[str, tuple[str, ...]] = {
    "mash": ("Nottingham City and Nottinghamshire",),
    "plymouth": ("Plymouth",),
    "calderdale": ("Calderdale",),
    "cheshire_west": ("Cheshire West and Chester",),
    "dudley": ("Dudley",),
    "food": ("Wirral", "Cornwall"),
    "gloucestershire": ("Gloucestershire",),
    "hurdles": (),
    "kent": ("Kent",),
    "solihull": ("Solihull",),
    "torbay": ("Torbay",),
    "wiltshire": ("Wiltshire",),
}

#: Places the report says something about, but too little for a loop.
WHY_NO_EXAMPLE: dict[str, str] = {
    "Blackpool": "one passage on buy-in and shared leadership: three variables at most, no loop",
    "Bristol": "one quote, on goodwill and shared ambition",
    "Croydon": "public narrative brings support for a strategy: a chain is not a loop",
    "Dorset, Bournemouth and Poole": "relationships bring better services: a chain is not a loop",
    "Hackney": "Enabler, understanding, recommendations: a chain is not a loop",
    "Telford and Wrekin": "one quote, on silos and vested interests; used in the example 'hurdles'",
    "Wakefield": "relationships, shared vision, success: a chain is not a loop",
}
