"""Makes the weights of ``extract/scan``: printed lines, their wear, the network and its training.

A developer's tool, not part of the package. docs/training.md says how to run it.
"""
