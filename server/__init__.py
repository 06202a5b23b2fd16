"""What the Rasa server is given of our own: the channel visitors come in by, and the tracker store."""
