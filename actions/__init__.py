"""The action server.

It chooses what to say (choice.py), says it (answer.py, decline.py), and remembers what the talk was
about (memory.py).
"""
