"""Which nodes of a scene a selector offers."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Choice:
    """The filter of a qMRMLNodeComboBox."""

    node_types: list[str] = field(default_factory=list)
    hidden_child_types: list[str] = field(default_factory=list)
    show_child_types: bool = True
    show_hidden: bool = False
    attributes: dict[tuple[str, str], object] = field(default_factory=dict)

    def offers(self, node):
        """Say whether a node passes."""
        if node.GetHideFromEditors() and not self.show_hidden:
            return False
        types = [name for name in self.node_types if self._is(node, name)]
        return bool(types) and any(self._has_attributes(node, name) for name in types)

    def nodes(self, scene):
        """List the nodes of a scene that pass, in its order."""
        collection = scene.GetNodes()
        nodes = (collection.GetItemAsObject(n) for n in range(collection.GetNumberOfItems()))
        return [node for node in nodes if self.offers(node)]

    def _is(self, node, name):
        if not self.show_child_types:
            return node.GetClassName() == name
        return node.IsA(name) and not any(node.IsA(one) for one in self.hidden_child_types)

    def _has_attributes(self, node, name):
        wanted = {key[1]: value for key, value in self.attributes.items() if key[0] == name}
        return all(
            node.GetAttribute(key) is not None
            and (value in (None, "") or node.GetAttribute(key) == str(value))
            for key, value in wanted.items()
        )
