"""The engines that are compared, each used as its own documentation says."""
