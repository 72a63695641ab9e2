"""Plug-ins for tests: the example in ``plugin/``, installed as pip would, and small ones written on the spot."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parent / "plugin"


def install_example(folder: Path) -> Path:
    """Build the wheel of the example, unpack it into ``folder``, as an installer does, and return the folder."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory"]
    subprocess.run([*command, folder / "wheel"], cwd=EXAMPLE, check=True, capture_output=True)
    wheel = next((folder / "wheel").glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def write_plugin(
    folder: Path, name: str, entry_points: str, modules: Mapping[str, str] | None = None
) -> Path:
    """Write version 1.0 of the distribution ``name`` into ``folder`` as if it were installed there."""
    metadata = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(entry_points)
    for module, text in (modules or {}).items():
        (folder / f"{module}.py").write_text(text, "utf-8")
    return folder


@contextmanager
def installed(*folders: Path) -> Iterator[None]:
    """Have these folders on the module path, in this order, after everything else."""
    files = [path for folder in folders for path in folder.glob("*.py")]
    packages = [path.parent for folder in folders for path in folder.glob("*/__init__.py")]
    own_modules = {path.stem for path in (*files, *packages)}
    sys.path += map(str, folders)
    try:
        yield
    finally:
        for folder in folders:
            sys.path.remove(str(folder))
        for module in list(sys.modules):
            if module.partition(".")[0] in own_modules:
                del sys.modules[module]
