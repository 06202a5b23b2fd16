"""The benchmark: this assistant and its peers, asked the same questions in one run (`make bench`)."""
