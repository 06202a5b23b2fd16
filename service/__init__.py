"""What `make` runs: installing, training, starting, talking, checking. Each module is a command of its own.

`install`, `lock`, `testing` and what they import run before there is an environment, by any Python from 3.8
on: they need nothing but the standard library.
"""
