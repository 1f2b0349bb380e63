"""Measurements of so247 itself: subjects times sizes, compared with committed results."""
