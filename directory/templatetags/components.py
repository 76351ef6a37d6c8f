"""The components pages are made of."""

from django import template

register = template.Library()
