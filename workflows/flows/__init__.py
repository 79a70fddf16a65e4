"""The flows, one module for each published version."""
