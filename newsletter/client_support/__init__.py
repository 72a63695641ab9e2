"""What mail clients can show: figures by caniemail.com, and where an email uses what some of them cannot.

``figures`` says who knows a feature; ``features`` how a feature is recognised, and which are not asked about, and why;
``uses`` finds them in an email, and passes over those whose loss nobody would notice.
"""

from newsletter.client_support.figures import page_of
from newsletter.client_support.uses import Use, uses

__all__ = ["Use", "page_of", "uses"]
