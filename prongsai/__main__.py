"""Run the command line as ``python -m prongsai``."""

from prongsai.cli import main

main()
