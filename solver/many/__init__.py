"""Many regions at once: any executor, shared people, and a worker that dies loses nothing."""
