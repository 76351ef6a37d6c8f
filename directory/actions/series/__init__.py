"""Series: added, rearranged, ended, with days left out; and the dates that are made from them."""

from directory.actions.series.adding import add_series
from directory.actions.series.generating import generate_meetings
from directory.actions.series.rearranging import end_series, rearrange_series
from directory.actions.series.skipping import skip_days, unskip_days

__all__ = [
    "add_series",
    "end_series",
    "generate_meetings",
    "rearrange_series",
    "skip_days",
    "unskip_days",
]
