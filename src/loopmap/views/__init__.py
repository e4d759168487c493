"""Pictures that answer a question: what changed, what one agency sees and what none sees alone."""

from loopmap.views.changed import draw_diff
from loopmap.views.panels import draw_panels

__all__ = ["draw_diff", "draw_panels"]
