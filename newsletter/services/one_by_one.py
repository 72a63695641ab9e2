"""Send an email to one person after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from newsletter.errors import ServiceError


def sent_one_by_one(people: Sequence[str], send: Callable[[str], None]) -> None:
    """Call ``send`` for each of ``people`` in turn. Raise the ServiceError that ends it, with the names of those who
    already have the email.
    """
    for number, person in enumerate(people):
        try:
            send(person)
        except ServiceError as error:
            if number == 0:
                raise
            (problem,) = error.problems
            message = f"{problem.message} Already sent to {', '.join(people[:number])}."
            raise type(error)(error.service, message, problem.hint, error.status) from None
