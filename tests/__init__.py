"""What proves the assistant: held-out questions, stories, scenarios over HTTP, unit tests."""
