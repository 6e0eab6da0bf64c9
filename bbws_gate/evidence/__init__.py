"""What the repository says beside the spec: readers that turn bytes into facts with places. Nothing is judged here."""
