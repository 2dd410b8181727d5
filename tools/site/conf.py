"""Sphinx's settings for the site. Sphinx reads the pages that `tools/site/build.py` writes."""

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

project = "How a language model turns text into vectors"
author = "The course's authors"
copyright = "The course's authors, MIT licence"
extensions = ["myst_nb"]
exclude_patterns = ["_build"]
html_theme = "sphinx_book_theme"
html_title = project
html_static_path = ["_static"]
html_css_files = ["course.css"]
html_js_files = [("course.js", {"defer": "defer"})]
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {
    "show_toc_level": 2,
    "use_download_button": False,
    "use_fullscreen_button": False,
    "logo": {"text": project},
    "navbar_persistent": [],
}
html_context = {"default_mode": "auto"}
html_sidebars = {"**": ["navbar-logo.html", "search-button-field.html", "sbt-sidebar-nav.html"]}
nb_execution_mode = "off"
nb_ipywidgets_js = {}  # nothing is loaded from another host
nb_render_markdown_format = "myst"
mathjax_path = "course.js"  # no formula needs MathJax, and the default address is on another host
myst_enable_extensions = ["attrs_inline"]
myst_all_links_external = True  # build.py has already turned all links into links to pages
suppress_warnings = ["myst.xref_missing", "myst.header", "mystnb.unknown_mime_type"]


class FoldSidePaths(SphinxPostTransform):
    """Fold each section whose title begins with "Side path" below its title."""

    default_priority = 700
    formats = ("html",)

    def run(self, **kwargs):
        for section in list(self.document.findall(nodes.section)):
            title = section[0]
            if isinstance(title, nodes.title) and title.astext().startswith("Side path"):
                fold = "<details class='side'><summary>Open this side path</summary>"
                section.insert(1, nodes.raw("", fold, format="html"))
                section.append(nodes.raw("", "</details>", format="html"))


def setup(app):
    app.add_post_transform(FoldSidePaths)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
