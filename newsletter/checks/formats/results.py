"""What all formats read: a report, or the error that prevented it."""

from __future__ import annotations

from newsletter.checks.report import Report
from newsletter.errors import ManifestError, NewsletterError, PluginError
from newsletter.files import relative_to_cwd
from newsletter.model import Finding

Result = Report | NewsletterError


def findings_of(result: Result) -> tuple[Finding, ...]:
    """Return the findings in a result; the problems of an error as if a rule had found them."""
    if isinstance(result, Report):
        return result.findings

    source = _source(result)
    return tuple(Finding(source, "error", problem) for problem in result.problems)


def ignored_in(result: Result) -> tuple[Finding, ...]:
    """Return the findings in a result that are ignored."""
    if isinstance(result, Report):
        return result.ignored
    return ()


def path_of(finding: Finding) -> str:
    """Return the path of a finding's file, with slashes."""
    return relative_to_cwd(finding.problem.path).as_posix()


def _source(error: NewsletterError) -> str:
    """Return what stands in the place of a rule's name."""
    if isinstance(error, ManifestError):
        return "manifest"
    if isinstance(error, PluginError):
        return "plug-in"
    return "theme"
