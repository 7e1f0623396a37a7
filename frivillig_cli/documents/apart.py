"""What is set in a process of its own, which may be ended without harm to this one.

The typesetter ends its whole process where there is no memory left.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

_FAULT = 3
# As little as there can be: it is started for each document. What it imports lies where this does.
_SET = f"""
import sys
modules, folder, root, packages = sys.argv[1:]
sys.path.append(modules)
import typst
fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
compiler = typst.Compiler(
    root=root, font_paths=fonts, package_path=packages, package_cache_path=packages
)
try:
    pdf, warnings = compiler.compile_with_warnings(
        sys.stdin.buffer.read(), format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=0
    )
    fault = warnings[0] if warnings else None
except typst.TypstError as error:
    fault = error
if fault is not None:
    sys.stdout.buffer.write(str(getattr(fault, "message", fault)).encode())
    sys.exit({_FAULT})
sys.stdout.buffer.write(pdf)
"""


class StoppedError(Exception):
    """The process ended before it had made anything; what it said of that."""


def set_apart(source: bytes, fonts: Path, root: Path, packages: Path) -> bytes:
    """The PDF of a source, as Typesetter.pdf makes it, from its folders.

    Raises ValueError with what the typesetter says of the source, OSError and StoppedError.
    """
    found = find_spec("typst")
    assert found is not None and found.origin is not None
    folders = [Path(found.origin).parent.parent, fonts, root, packages]
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _SET, *map(str, folders)],
        input=source, capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode == _FAULT:
        raise ValueError(done.stdout.decode(errors="replace"))
    if done.returncode:
        raise StoppedError(done.stderr.decode(errors="replace"))
    return done.stdout
