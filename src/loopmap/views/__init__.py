"""Pictures that answer a question: what changed, what one agency sees and what none sees alone."""

from loopmap.views.before_after import draw_before_after
from loopmap.views.changed import draw_diff
from loopmap.views.each_loop import draw_loops
from loopmap.views.panels import draw_panels

__all__ = ["draw_before_after", "draw_diff", "draw_loops", "draw_panels"]
