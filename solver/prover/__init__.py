"""The prover: from a question about one site to a proof that can be checked without it."""
