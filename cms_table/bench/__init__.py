"""How the busiest pages are measured: by `make bench`, in a folder of its own, beside a plain page in the same run."""
