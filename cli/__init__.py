"""The commands: read, call, render."""
