"""The dossier (dekkingsdossier): a proof as data, as a page and as a PDF."""
