"""The module SegmentStatistics: the base class of plugins, and a logic that runs them."""

from __future__ import annotations

import types
from abc import ABC, abstractmethod

import slicer


class SegmentStatisticsPluginBase(ABC):
    """Measures segments; a plugin names its keys and computes them."""

    def __init__(self):
        self.name, self.title = "", ""
        self.keys, self.defaultKeys = (), ()
        self.parameterNode = None

    @classmethod
    def toShortKey(cls, key):
        """Take the name of the class off a key."""
        return key.removeprefix(cls.__name__ + ".")

    @classmethod
    def toLongKey(cls, key):
        """Put the name of the class before a key."""
        return f"{cls.__name__}.{key}" if not key.startswith(cls.__name__ + ".") else key

    def setParameterNode(self, parameterNode):
        """Take the node that says which segmentation and volume are measured."""
        self.parameterNode = parameterNode

    def getParameterNode(self):
        """Return that node."""
        return self.parameterNode

    def getRequestedKeys(self):
        """List the keys that are asked for."""
        return list(self.defaultKeys)

    @abstractmethod
    def computeStatistics(self, segmentID):
        """Measure one segment."""

    @abstractmethod
    def getMeasurementInfo(self, key):
        """Describe a key."""


class SegmentStatisticsLogic:
    """Runs the plugins over the segments of a segmentation."""

    registeredPlugins: list[SegmentStatisticsPluginBase] = []

    def __init__(self):
        self._statistics = {}
        self._node = slicer.mrmlScene.CreateNodeByClass("vtkMRMLScriptedModuleNode")
        self._node.UnRegister(None)

    @staticmethod
    def registerPlugin(plugin):
        """Add a plugin; TypeError for a class instead of an object."""
        if not isinstance(plugin, SegmentStatisticsPluginBase):
            msg = "Plugin must be an instance of SegmentStatisticsPluginBase"
            raise TypeError(msg)
        SegmentStatisticsLogic.registeredPlugins.append(plugin)

    def getParameterNode(self):
        """Return the node that says what is measured."""
        return self._node

    def computeStatistics(self):
        """Measure every segment."""
        segmentation = slicer.mrmlScene.GetNodeByID(self._node.GetParameter("Segmentation"))
        ids = list(segmentation.GetSegmentation().GetSegmentIDs())
        self._statistics = {"SegmentIDs": ids}
        for plugin in self.registeredPlugins:
            plugin.setParameterNode(self._node)
            for segment in ids:
                for key, value in (plugin.computeStatistics(segment) or {}).items():
                    self._statistics[segment, plugin.toLongKey(key)] = value

    def getStatistics(self):
        """Return the values by segment and long key."""
        return self._statistics


def segment_statistics_modules():
    """Make the modules SegmentStatistics and SegmentStatisticsPlugins."""
    module = types.ModuleType("SegmentStatistics", "Measures segments.")
    module.SegmentStatisticsLogic = SegmentStatisticsLogic
    plugins = types.ModuleType("SegmentStatisticsPlugins", "The plugins of SegmentStatistics.")
    plugins.SegmentStatisticsPluginBase = SegmentStatisticsPluginBase
    return {"SegmentStatistics": module, "SegmentStatisticsPlugins": plugins}
