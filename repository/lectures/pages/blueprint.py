"""The blueprint that all pages of lectures share."""

from flask import Blueprint

pages = Blueprint("lectures", __name__)
