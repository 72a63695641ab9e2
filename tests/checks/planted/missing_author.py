"""What missing-author must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

AUTHORS = """        authors:
          - Dr Stuart Hogarth
          - name: Professor Brian Salter
            role: Global Biopolitics Research Group, Department of Political Economy, King's College London
"""
MISTAKES: dict[str, Plant] = {
    "a comment that has lost its authors": lambda room: room.change(
        "issues/652/issue.yaml", AUTHORS, ""
    )
}
