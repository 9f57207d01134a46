"""Watching over the installation: jobs, the audit trail, health."""
