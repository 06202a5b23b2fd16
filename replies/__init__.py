"""What the bot says: the reply object every turn carries, and the fixed texts of domain.yml."""
