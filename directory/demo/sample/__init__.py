"""The sample: any number of invented groups to measure with, the same ones for the same seed."""

from directory.demo.sample.loading import load_sample, tidy
from directory.demo.sample.wording import rare_word

__all__ = ["load_sample", "rare_word", "tidy"]
