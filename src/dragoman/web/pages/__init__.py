"""The pages, one module each. A module here with a `router` is a page; with a `nav` it stands in the navigation.

Modules are found by name, so that a new page needs no change elsewhere.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Sequence

from fastapi import APIRouter

from dragoman.web.desk import Desk
from dragoman.web.pages.base import NavItem


@functools.cache
def routers() -> Sequence[APIRouter]:
    """The routers of all pages, by the names of their modules."""
    found = []
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        router = getattr(importlib.import_module(f"{__name__}.{module.name}"), "router", None)
        if isinstance(router, APIRouter):
            found.append(router)
    return tuple(found)


@functools.cache
def warmers() -> Sequence[Callable[[Desk], None]]:
    """What pages have ready for a new desk before anybody asks: the functions called `warm`."""
    modules = sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name)
    found = (getattr(importlib.import_module(f"{__name__}.{module.name}"), "warm", None) for module in modules)
    return tuple(each for each in found if each is not None)


@functools.cache
def navigation() -> Sequence[NavItem]:
    """What stands in the navigation, in its order."""
    items = []
    for module in pkgutil.iter_modules(__path__):
        nav = getattr(importlib.import_module(f"{__name__}.{module.name}"), "nav", None)
        if isinstance(nav, NavItem):
            items.append(nav)
    return tuple(sorted(items, key=lambda item: (item.order, item.label)))
