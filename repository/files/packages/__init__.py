"""Lecture packages: what each format says about itself."""
