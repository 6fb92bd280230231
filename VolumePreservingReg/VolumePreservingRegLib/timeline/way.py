"""How a study becomes files, by which program results, and how these nodes."""

from __future__ import annotations

from VolumePreservingRegLib.run.registration import Way
from VolumePreservingRegLib.timeline.load_tracking import load_tracking
from VolumePreservingRegLib.timeline.study_files import write_study_files

OF_A_STUDY = Way(write_study_files, load_tracking, "vpreg.worker.track")
