"""Volume-preserving registration of tumor scans."""

__version__ = "0.1.0"
