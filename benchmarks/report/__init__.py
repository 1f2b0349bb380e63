"""Reading results back: the page, its pictures, and the targets."""
