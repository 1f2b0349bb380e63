"""The sections of the dossier: what each says of a proof, as blocks."""
