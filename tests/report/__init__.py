"""The tester's report: one HTML page that opens from disk."""
