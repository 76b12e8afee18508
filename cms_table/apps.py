"""The roof, as Django knows it."""

from django.apps import AppConfig


class CmsTableConfig(AppConfig):
    """The roof: settings, addresses, the parts of a page, the server's doors."""

    name = "cms_table"

    def ready(self) -> None:
        from cms_table import checks  # noqa: F401, PLC0415  what is registered there needs the apps to be there
