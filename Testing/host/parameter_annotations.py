"""What stands in Annotated[...] of a parameter: its default, its limits, how it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Default:
    """The value until one is set."""

    value: Any


@dataclass(frozen=True)
class Decimals:
    """How many digits follow the point."""

    value: int


@dataclass(frozen=True)
class SingleStep:
    """What one press of an arrow adds."""

    value: float


class Validator:
    """Refuses values."""

    def validate(self, value):
        """Raise ValueError for a value that is not allowed."""


@dataclass(frozen=True)
class WithinRange(Validator):
    """From a minimum to a maximum, both allowed."""

    minimum: float
    maximum: float

    def validate(self, value):
        """Raise ValueError outside."""
        if not self.minimum <= value <= self.maximum:
            msg = f"{value} is not within {self.minimum} and {self.maximum}"
            raise ValueError(msg)


@dataclass(frozen=True)
class Minimum(Validator):
    """Not below."""

    minimum: float

    def validate(self, value):
        """Raise ValueError below."""
        if value < self.minimum:
            msg = f"{value} is below {self.minimum}"
            raise ValueError(msg)


@dataclass(frozen=True)
class Maximum(Validator):
    """Not above."""

    maximum: float

    def validate(self, value):
        """Raise ValueError above."""
        if value > self.maximum:
            msg = f"{value} is above {self.maximum}"
            raise ValueError(msg)


@dataclass(frozen=True)
class Choice(Validator):
    """One of some values."""

    choices: tuple

    def validate(self, value):
        """Raise ValueError for another."""
        if value not in self.choices:
            msg = f"{value!r} is none of {list(self.choices)}"
            raise ValueError(msg)


class NotNone(Validator):
    """Any value."""

    def validate(self, value):
        """Raise ValueError for None."""
        if value is None:
            msg = "None is not allowed"
            raise ValueError(msg)


@dataclass(frozen=True)
class IsInstance(Validator):
    """A value of a class, or None."""

    classes: Any

    def validate(self, value):
        """Raise TypeError for another class."""
        if value is not None and not isinstance(value, self.classes):
            msg = f"{value!r} is no {self.classes}"
            raise TypeError(msg)
