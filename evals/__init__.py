"""Question sets, metrics, baselines, reports."""
