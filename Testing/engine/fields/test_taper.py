import pytest
import torch

from vpreg.fields.taper import taper_border


def test_the_border_ends_in_zero_and_the_middle_stays():
    u = torch.ones(3, 12, 14, 16)

    tapered = taper_border(u, 4)

    for axis in (1, 2, 3):
        assert float(tapered.narrow(axis, 0, 1).abs().max()) == 0
        assert float(tapered.narrow(axis, u.shape[axis] - 1, 1).abs().max()) == 0
    assert torch.equal(tapered[:, 4:-4, 4:-4, 4:-4], u[:, 4:-4, 4:-4, 4:-4])
    assert bool((u == 1).all())


def test_the_ramp_rises_and_is_the_same_at_both_ends():
    tapered = taper_border(torch.ones(3, 20, 20, 20), (6, 0, 0))[0, :, 10, 10]

    assert bool((tapered[:7].diff() > 0).all())
    torch.testing.assert_close(tapered, tapered.flip(0))
    assert float(tapered[3]) == pytest.approx(0.5)


def test_a_width_of_zero_leaves_an_axis_alone():
    u = torch.rand(3, 6, 6, 6)

    assert torch.equal(taper_border(u, 0), u)
    assert float(taper_border(u, (2, 0, 0))[:, 3, 0].abs().max()) > 0


def test_a_negative_width_is_refused():
    with pytest.raises(ValueError, match="zero or more"):
        taper_border(torch.zeros(3, 4, 4, 4), -1)
