"""The finder's form: it reads an address, and writes the addresses of neighbouring searches."""

from directory.forms.find.choices import Boxes, Choice
from directory.forms.find.form import FindForm
from directory.forms.find.links import Links
from directory.forms.find.pages import pages_of

__all__ = ["Boxes", "Choice", "FindForm", "Links", "pages_of"]
