"""The module SampleData: keeps what modules register, and downloads nothing."""

from __future__ import annotations

import types


class SampleDataSource:
    """One entry of the list that the user clicks on."""

    def __init__(self, **described):
        vars(self).update(described)


class SampleDataLogic:
    """Keeps sources by category."""

    @staticmethod
    def registerCustomSampleDataSource(
        category="Custom",
        sampleName=None,
        uris=None,
        fileNames=None,
        nodeNames=None,
        customDownloader=None,
        thumbnailFileName=None,
        loadFileType="VolumeFile",
        loadFiles=None,
        loadFileProperties=None,
        checksums=None,
    ):
        """Add a source of data."""
        given = dict(locals())
        SOURCES.setdefault(category, []).append(SampleDataSource(**given))

    @staticmethod
    def sourcesForCategory(category):
        """List the sources of a category."""
        return SOURCES.get(category, [])

    @staticmethod
    def downloadSample(name):
        """Run the downloader of a source; files from the network are not the host's business."""
        for source in [one for sources in SOURCES.values() for one in sources]:
            if source.sampleName == name and source.customDownloader:
                return source.customDownloader(source)
        msg = f"The host has no sample data named {name}"
        raise ValueError(msg)


SOURCES: dict[str, list[SampleDataSource]] = {}


def sample_data_module():
    """Make the module SampleData."""
    module = types.ModuleType("SampleData", "Sample data that modules register.")
    module.SampleDataLogic, module.SampleDataSource = SampleDataLogic, SampleDataSource
    module.downloadSample = SampleDataLogic.downloadSample
    return module
