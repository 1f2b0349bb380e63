"""The rules of a roster, one file each."""
