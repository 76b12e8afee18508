"""Agencies to choose from, each spoken in the language of its own name."""

from django import forms


class AgencySelect(forms.Select):
    """A list of agencies whose options say in which language the name is; ``languages`` by key, where the choices are not rows."""

    languages: dict[str, str] = {}

    def create_option(self, name, value, *rest, **more):
        option = super().create_option(name, value, *rest, **more)
        language = getattr(getattr(value, "instance", None), "name_language", "") or self.languages.get(str(value), "")
        if language:
            option["attrs"]["lang"] = language
        return option
