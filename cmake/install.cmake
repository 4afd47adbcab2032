# Filled in with the packaging work.
