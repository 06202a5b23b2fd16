"""Graph components of our own for Rasa's pipeline, and what they are made of."""
