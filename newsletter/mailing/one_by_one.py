"""One email to one person after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from newsletter.errors import ServiceError


def sent_one_by_one(people: Sequence[str], send: Callable[[str], None]) -> None:
    """``send`` to each of ``people`` in turn. Raises the ServiceError at which it ends; it says who has the email by
    then.
    """
    for number, person in enumerate(people):
        try:
            send(person)
        except ServiceError as error:
            if number == 0:
                raise
            (problem,) = error.problems
            what = f"{problem.what} Sent already: to {', '.join(people[:number])}."
            raise type(error)(error.service, what, problem.hint, error.status) from None
