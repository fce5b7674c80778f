"""The corpus maker: fictitious Thai reports by many producers, with gold cells beside each.

``python -m benchmarks.corpus OUT --seed N`` writes ``OUT/<name>.pdf`` and ``OUT/<name>.json``.
"""
