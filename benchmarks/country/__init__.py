"""The maker of a synthetic country: real agencies, item lists and weights, invented results.

``python -m benchmarks.country OUT`` writes record tables that ``prongsai analyze OUT`` takes;
``make_country`` returns them as frames, with what is known to be true of them.
"""

from benchmarks.country.dataset import Country, make_country
from benchmarks.country.variants import VARIANTS, make_variant

__all__ = ["VARIANTS", "Country", "make_country", "make_variant"]
