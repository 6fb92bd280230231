"""Follow the lesions of a study: register, name, measure, judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from vpreg.images.reading import read_labels
from vpreg.lesions.alignment import Alignment, alignment_of, points_of
from vpreg.lesions.alignment_figures import AlignmentFigures, alignment_figures
from vpreg.lesions.corrections import resolve
from vpreg.lesions.identity import follow_lesions
from vpreg.lesions.lesion import Lesion
from vpreg.lesions.overlap import Aligned
from vpreg.lesions.pair import pairs_of
from vpreg.lesions.registrations import Registers, register_in_process, register_pairs
from vpreg.lesions.response.assessing import assess_all
from vpreg.lesions.response.case import Case
from vpreg.lesions.rows import measure_all, rows_of
from vpreg.lesions.segmentation import Segmentation, find_pieces, rule_for
from vpreg.lesions.study.study import Study
from vpreg.lesions.study_progress import Heard, StudyProgress, silent
from vpreg.lesions.tracking import Tracking
from vpreg.lesions.visit import Visit, check_together, read_visit
from vpreg.recipes.settings import Settings


def track(
    study: Study,
    work: Path,
    *,
    settings: Settings | None = None,
    chain: bool = False,
    heard: Heard = silent,
    registers: Registers = register_in_process,
) -> Tracking:
    """Follow all lesions of a study.

    Registrations are kept in `work` and used again where nothing that they depend on changed.
    With `chain` each time point is laid over the one before it, otherwise over the baseline.
    ValueError with one sentence for files that cannot be used; `heard` may raise Cancelled.
    """
    settings = settings or Settings()
    heard("Reading the scans", 0.0)
    visits = tuple(read_visit(one, tumor_labels=study.tumor_labels) for one in study.time_points)
    check_together(visits)
    segmentations = _segmentations(study, visits)
    pairs = pairs_of(len(visits), chain=chain)
    progress = StudyProgress(heard, pairs=len(pairs))
    registered = register_pairs(
        visits, pairs, work, settings=settings, progress=progress, registers=registers
    )
    alignments = tuple(alignment_of(time, registered) for time in range(len(visits)))
    progress.say("Naming the lesions", pairs_done=len(pairs))
    dates = [
        Aligned(segmentation, points_of(alignment))
        for segmentation, alignment in zip(segmentations, alignments, strict=True)
    ]
    lesions = follow_lesions(dates, marks=resolve(study.corrections, study.names, dates))
    figures = _figures(visits, segmentations, alignments, lesions, progress)
    measurements = measure_all(lesions, segmentations)
    case = Case(study.names, {one.name: one for one in lesions}, measurements, study.facts)
    days = [point.day - study.time_points[0].day for point in study.time_points]
    return Tracking(
        study=study,
        visits=visits,
        segmentations=segmentations,
        alignments=alignments,
        registered=registered,
        lesions=lesions,
        rows=rows_of(lesions, measurements, figures, days=days),
        responses=assess_all(case),
        notes=(*study.notes, *(note for visit in visits for note in visit.notes)),
        settings=settings.to_json_dict(),
        chain=chain,
    )


def _segmentations(study: Study, visits: Sequence[Visit]) -> tuple[Segmentation, ...]:
    rule = rule_for([visit.labels for visit in visits], study.piece_rule)
    return tuple(find_pieces(visit.labels, visit.labels_grid, rule=rule) for visit in visits)


def _figures(
    visits: Sequence[Visit],
    segmentations: Sequence[Segmentation],
    alignments: Sequence[Alignment | None],
    lesions: Sequence[Lesion],
    progress: StudyProgress,
) -> list[Mapping[str, AlignmentFigures]]:
    found: list[Mapping[str, AlignmentFigures]] = []
    for time, (segmentation, alignment) in enumerate(zip(segmentations, alignments, strict=True)):
        progress.say("Measuring", pairs_done=len(visits), measured=time / len(visits))
        if alignment is None or not segmentation.pieces:
            found.append({})
            continue
        organ = read_labels(alignment.folders[-1] / "organ_moving.nii.gz", allow_constant=True)
        pieces = {lesion.name: lesion.appearances[time].pieces for lesion in lesions}
        baseline = visits[0].scan.grid
        found.append(
            alignment_figures(segmentation, pieces, alignment, baseline=baseline, organ=organ)
        )
    return found
