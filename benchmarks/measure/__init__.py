"""Measuring: what is measured on what, each in a process of its own, written down line by line."""
