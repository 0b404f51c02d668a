"""Refusals: why a file cannot be read, by the rule of the issue that says so."""


class UnreadableError(Exception):
    """A file that cannot be read; `rule` is the slug of the issue that says why."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule
