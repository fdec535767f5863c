"""The errors that crustlib raises beside Python's own."""


class ConvergenceError(RuntimeError):
    """An iterative solver stopped before it met its tolerance; no number is returned."""
