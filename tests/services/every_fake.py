"""All fakes."""

from tests.services.fake_brevo import FakeBrevo
from tests.services.fake_buttondown import FakeButtondown
from tests.services.fake_listmonk import FakeListmonk
from tests.services.fake_mailchimp import FakeMailchimp
from tests.services.fake_mailjet import FakeMailjet
from tests.services.fake_sendgrid import FakeSendGrid
from tests.services.fakes import Fake

FAKES: tuple[type[Fake], ...] = (
    FakeBrevo,
    FakeButtondown,
    FakeListmonk,
    FakeMailchimp,
    FakeMailjet,
    FakeSendGrid,
)
