"""How the documentation site is built: `sphinx-build -W --keep-going -b html docs build/docs`, without a network.

The pages are Markdown that reads on a forge as well; `_ext/` holds what the site does besides.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "_ext"), str(HERE.parent / "src")]

from dragoman.version import __version__  # noqa: E402

project = "Dragoman"
author = "The Dragoman developers"
project_copyright = "The Dragoman developers; text under Apache-2.0, sample dispatches and labels under CC0"
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "command_line", "knowledge_files", "repository_links"]
exclude_patterns = ["_ext"]
smartquotes = False

# Markdown as on a forge: anchors of headings are what a forge makes of them, and every link and anchor is checked.
myst_heading_anchors = 4
myst_enable_extensions = ["attrs_inline"]

# Docstrings write `name` for code.
default_role = "py:obj"
add_module_names = False
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True

pygments_style = "tango"
pygments_dark_style = "native"
html_theme = "furo"
html_title = f"Dragoman {release}"
html_logo = html_favicon = "_static/icon.svg"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_last_updated_fmt = None
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#17508c", "color-brand-content": "#17508c"},
    "dark_css_variables": {"color-brand-primary": "#8cbdf0", "color-brand-content": "#8cbdf0"},
    "navigation_with_keys": True,
}
