"""Lists and dictionaries that write themselves back into the parameter node when they change."""

from __future__ import annotations

from collections.abc import MutableMapping, MutableSequence


class ObservedList(MutableSequence):
    """A list that tells of each change."""

    def __init__(self, values, changed):
        self._values, self._changed = list(values), changed

    def plain(self):
        """Return a list of its own."""
        return list(self._values)

    def __len__(self):
        return len(self._values)

    def __getitem__(self, index):
        return self._values[index]

    def __setitem__(self, index, value):
        self._values[index] = value
        self._changed(self.plain())

    def __delitem__(self, index):
        del self._values[index]
        self._changed(self.plain())

    def insert(self, index, value):
        """Put a value before a place."""
        self._values.insert(index, value)
        self._changed(self.plain())

    def __eq__(self, other):
        return self._values == (other.plain() if isinstance(other, ObservedList) else other)

    __hash__ = None

    def __repr__(self):
        return f"ObservedList({self._values})"


class ObservedDict(MutableMapping):
    """A dictionary that tells of each change."""

    def __init__(self, values, changed):
        self._values, self._changed = dict(values), changed

    def plain(self):
        """Return a dictionary of its own."""
        return dict(self._values)

    def __len__(self):
        return len(self._values)

    def __iter__(self):
        return iter(self._values)

    def __getitem__(self, key):
        return self._values[key]

    def __setitem__(self, key, value):
        self._values[key] = value
        self._changed(self.plain())

    def __delitem__(self, key):
        del self._values[key]
        self._changed(self.plain())

    def __eq__(self, other):
        return self._values == (other.plain() if isinstance(other, ObservedDict) else other)

    __hash__ = None

    def __repr__(self):
        return f"ObservedDict({self._values})"
