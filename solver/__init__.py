"""From a region to a roster, and what is found by searching. The only room that imports ortools."""
