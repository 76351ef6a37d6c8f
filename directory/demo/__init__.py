"""The demo: invented organisations, groups and people, made through the actions."""

from directory.demo.build import build, is_built, people_to_sign_in

__all__ = ["build", "is_built", "people_to_sign_in"]
