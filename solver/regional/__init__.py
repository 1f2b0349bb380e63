"""The parts of a region report, one file each: sites, employers, lines, capacity."""
