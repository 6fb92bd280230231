"""Pairs made ahead are those of the source, in order, with their errors."""

import threading

import pytest
import torch

from Testing.engine.training.data_cases import assert_same
from vpreg.networks.home_grid import HomeGrid
from vpreg.training.data.data_settings import DataSettings
from vpreg.training.data.open_pairs import open_pairs
from vpreg.training.data.prefetched import Prefetched
from vpreg.training.training_pair import TrainingPair


class Counting:
    """Makes pairs that hold their step, notes when, and fails at step 3."""

    home = HomeGrid((1, 1, 1), None, "LAS")
    labels = (1,)

    def __init__(self):
        self.made = []
        self.threads = set()
        self.second = threading.Event()

    def pair(self, step):
        self.threads.add(threading.current_thread())
        self.made.append(step)
        if step == 2:
            self.second.set()
        if step == 3:
            msg = "Give another scan."
            raise ValueError(msg)
        value = torch.full((1, 1, 1, 1, 1), float(step))
        return TrainingPair(("a", "b"), value, value)

    def validation_pairs(self):
        return [self.pair(-1)]


def step_of(pair):
    return int(pair.fixed)


def test_pairs_come_in_the_order_in_which_they_are_asked_for():
    source = Counting()

    with Prefetched(source, ahead=1) as pairs:
        assert [step_of(pairs.pair(step)) for step in (0, 1, 2, 10, 11, 1)] == [0, 1, 2, 10, 11, 1]


def test_the_next_pairs_are_made_before_they_are_asked_for():
    source = Counting()

    with Prefetched(source, ahead=2) as pairs:
        pairs.pair(0)

        assert source.second.wait(10)
    assert threading.current_thread() not in source.threads


def test_no_pair_is_made_twice():
    source = Counting()

    with Prefetched(source, ahead=2) as pairs:
        for step in range(3):
            pairs.pair(step)

    assert source.made == sorted(set(source.made))


def test_an_error_comes_out_at_its_step_and_not_before():
    with Prefetched(Counting(), ahead=2) as pairs:
        assert [step_of(pairs.pair(step)) for step in range(3)] == [0, 1, 2]
        with pytest.raises(ValueError, match=r"Give another scan\."):
            pairs.pair(3)
        assert step_of(pairs.pair(4)) == 4


def test_closing_ends_the_thread():
    source = Counting()
    pairs = Prefetched(source, ahead=3)
    pairs.pair(0)

    pairs.close()

    assert not any(thread.is_alive() for thread in source.threads)


def test_what_the_source_tells_is_handed_on():
    source = Counting()

    with Prefetched(source) as pairs:
        assert (pairs.home, pairs.labels) == (source.home, source.labels)
        assert step_of(pairs.validation_pairs()[0]) == -1


def test_pairs_made_in_a_thread_are_the_same_bit_for_bit():
    source = open_pairs(DataSettings(home_shape=(32, 32, 32)))

    with Prefetched(source) as pairs:
        for step in range(3):
            assert_same(pairs.pair(step), source.pair(step))
