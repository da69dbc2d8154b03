"""Everything drawn: the decomposition of the output into rays, with its handles, and the course of the loss."""
