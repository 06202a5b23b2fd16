"""The guide: the patient page restated, one passage a fact, and the reader of its file.

Used by the action server, the checks and the website, so it needs nothing but Markdown and YAML.
"""
