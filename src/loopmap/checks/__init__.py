"""What looks wrong in a map: advice, one rule a question.

The package is not called ``check``: importing it would put a module in the place of the function
``loopmap.check``.
"""

from __future__ import annotations

from loopmap.checks.rules import CHECKS, check

__all__ = ["CHECKS", "check"]
