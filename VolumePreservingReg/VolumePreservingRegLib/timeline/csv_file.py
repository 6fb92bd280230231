"""The engine's table with what the reader said, as a CSV file."""

from __future__ import annotations

import csv
import io

from VolumePreservingRegLib.timeline.review import NOTHING, Reviews


def csv_with_reviews(text: str, reviews: Reviews) -> str:
    """Return a CSV text with the columns `review` and `comment` at the end."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    header, *lines = csv.reader(io.StringIO(text, newline=""))
    lesion, time_point = header.index("lesion"), header.index("time_point")
    writer.writerow([*header, "review", "comment"])
    for line in lines:
        review = reviews.get((line[lesion], line[time_point]), NOTHING)
        writer.writerow([*line, review.verdict.value, review.comment])
    return written.getvalue()
