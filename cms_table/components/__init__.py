"""The parts of a page: each is shown in every state at ``/components/``.

Settings load these tags for every template. A part sees its arguments, not the page; only the form, the
pager and the error summary look at the page, for its request and its forms.
"""

LIBRARIES = [f"cms_table.components.{name}" for name in ("states", "blocks", "forms", "errors", "kept", "keys", "lists")]
