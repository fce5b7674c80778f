"""The front door: command line, settings, and the run of the three stages over many files."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("prongsai")
except PackageNotFoundError:  # used from a folder that was never installed
    __version__ = "0+unknown"
