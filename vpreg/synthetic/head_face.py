"""Paint the face of the head phantom: orbits, eyes, air spaces, jaw."""

from __future__ import annotations

from vpreg.synthetic.canvas import Canvas
from vpreg.synthetic.shapes import Point, capsule, ellipsoid, mirrored
from vpreg.synthetic.tissue import Tissue

AIR_SPACES: tuple[tuple[Point, Point], ...] = (
    ((-60.0, -60.0, 25.0), (16.0, 15.0, 12.0)),
    ((-28.0, -30.0, 6.0), (8.0, 9.0, 7.0)),
    ((-30.0, -62.0, 7.0), (8.0, 17.0, 4.5)),
    ((-58.0, -66.0, 7.0), (13.0, 26.0, 3.2)),
    ((-42.0, 26.0, 54.0), (10.0, 9.0, 6.0)),
)


def paint_face(canvas: Canvas) -> None:
    """Lay everything in front of and below the skull base."""
    _paint_bones(canvas)
    for centre, radii in AIR_SPACES:
        part = canvas.around(centre, max(radii) + 2, both_sides=True)
        space = ellipsoid(mirrored(part.position_mm), centre, radii)
        part.paint(space - 1.5, Tissue.BONE)
        part.paint(space, Tissue.AIR)
    throat = canvas.box((-130.0, -40.0, -16.0), (-48.0, 10.0, 16.0))
    tube = capsule(throat.position_mm, (-62.0, -26.0, 0.0), (-130.0, -14.0, 0.0), 7.0)
    throat.paint(tube, Tissue.AIR)
    _paint_orbits(canvas)


def _paint_bones(canvas: Canvas) -> None:
    jaw = canvas.box((-105.0, -90.0, -60.0), (-50.0, 10.0, 60.0))
    sided = mirrored(jaw.position_mm)
    ramus = capsule(sided, (-58.0, -12.0, 50.0), (-96.0, -22.0, 46.0), 6.0)
    upper = capsule(sided, (-80.0, -52.0, 28.0), (-80.0, -78.0, 6.0), 7.0)
    for bone in (ramus, upper):
        jaw.paint(bone, Tissue.BONE)
        jaw.paint(bone + 2.0, Tissue.MARROW)
    clivus = canvas.box((-60.0, -40.0, -20.0), (-20.0, 10.0, 20.0))
    slope = capsule(clivus.position_mm, (-30.0, -22.0, 0.0), (-54.0, -10.0, 0.0), 7.5)
    clivus.paint(slope, Tissue.BONE)
    clivus.paint(slope + 1.8, Tissue.MARROW)
    spine = canvas.box((-130.0, -15.0, -30.0), (-66.0, 60.0, 30.0))
    body = capsule(spine.position_mm, (-84.0, 2.0, 0.0), (-140.0, 8.0, 0.0), 10.0)
    spine.paint(body, Tissue.BONE)
    spine.paint(body + 2.0, Tissue.MARROW)


def _paint_orbits(canvas: Canvas) -> None:
    orbit = canvas.box((-60.0, -100.0, -60.0), (-10.0, -25.0, 60.0))
    sided = mirrored(orbit.position_mm)
    orbit.paint(ellipsoid(sided, (-34.0, -62.0, 30.0), (16.0, 27.0, 17.0)), Tissue.FAT)
    for start in ((-34.0, -70.0, 43.0), (-34.0, -70.0, 20.0), (-23.0, -70.0, 31.0)):
        orbit.paint(capsule(sided, start, (-30.0, -38.0, 17.0), 1.9), Tissue.MUSCLE)
    orbit.paint(capsule(sided, (-34.0, -66.0, 31.0), (-28.0, -36.0, 14.0), 1.8), Tissue.WHITE)
    eye = ellipsoid(sided, (-34.0, -75.0, 32.0), (12.0, 12.0, 12.0))
    orbit.paint(eye, Tissue.MUSCLE)
    orbit.paint(eye + 1.2, Tissue.EYE)
    orbit.paint(ellipsoid(sided, (-34.0, -84.0, 32.0), (4.5, 2.2, 4.5)), Tissue.MUSCLE)
