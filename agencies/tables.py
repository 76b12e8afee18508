"""The lists of this floor: put in order without accents, paged, each with its caption."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _


def in_its_language(words, lang):
    """An agency's name, marked with the language in which it is written."""
    return format_html('<span lang="{}">{}</span>', lang, words) if words else ""


class DirectoryTable(tables.Table):
    """Who sits at the table, and how to reach them."""

    caption = _("People at this table")
    name = tables.Column(verbose_name=_("Name"), order_by="name_folded")
    agency = tables.Column(verbose_name=_("Agency"), order_by=("agency_folded", "name_folded"), default=_("No agency"))
    roles = tables.Column(verbose_name=_("Roles"), orderable=False)
    telephone = tables.Column(verbose_name=_("Telephone"), orderable=False, default="", attrs={"td": {"class": "num"}})
    email = tables.EmailColumn(verbose_name=_("E-mail"), orderable=False)
    language = tables.Column(verbose_name=_("Language"))

    class Meta:
        order_by = "agency"
        empty_text = _("The people of the agencies that have a seat will stand here.")

    def render_agency(self, record):
        return in_its_language(record["agency"], record["agency_lang"])


class PeopleTable(DirectoryTable):
    """The people to look after, each with their own page."""

    name = tables.Column(
        verbose_name=_("Name"), order_by="name_folded", linkify=lambda record: reverse("agencies:member", args=[record["pk"]])
    )
    state = tables.TemplateColumn(template_name="agencies/_membership.html", verbose_name=_("Membership"))

    class Meta:
        exclude = ["language", "telephone"]
        order_by = "name"
        empty_text = _("The people who are invited will stand here.")


class AgencyTable(tables.Table):
    """Agencies, their sector and kind, and whether they have a seat here."""

    caption = _("Agencies")
    name = tables.Column(
        verbose_name=_("Name"), order_by="name_folded", linkify=lambda record: reverse("agencies:agency", args=[record["pk"]])
    )
    sector = tables.Column(verbose_name=_("Sector"), order_by=("sector_folded", "name_folded"))
    kind = tables.Column(verbose_name=_("Kind"), order_by=("kind_folded", "name_folded"))
    people = tables.Column(verbose_name=_("People"), attrs={"cell": {"class": "n"}})
    seat = tables.TemplateColumn(template_name="agencies/_seat.html", verbose_name=_("At this table"))

    class Meta:
        order_by = "name"
        empty_text = _("The agencies of the community will stand here.")

    def render_name(self, record):
        return in_its_language(record["name"], record["lang"])


class SignatureTable(tables.Table):
    """Who signed a version, who is missing, whose signature expires soon."""

    caption = _("Signatures")
    name = tables.Column(verbose_name=_("Who"), order_by="name_folded")
    agency = tables.Column(verbose_name=_("Agency"), default="", orderable=False)
    state = tables.TemplateColumn(template_name="agencies/_signature.html", verbose_name=_("Signature"), order_by=("place", "name_folded"))
    signed_at = tables.DateColumn(verbose_name=_("Signed"), short=False, default="")
    expires_at = tables.DateColumn(verbose_name=_("Valid until"), short=False, default="")
    signed_by = tables.Column(verbose_name=_("By"), orderable=False, default="")

    class Meta:
        order_by = "state"
        empty_text = _("Nobody has to sign this agreement yet.")


class EntryTable(tables.Table):
    """The entries of one list."""

    code = tables.Column(verbose_name=_("Code"), attrs={"td": {"class": "num"}})
    label_en = tables.Column(verbose_name=_("English"), order_by="label_en_folded")
    label_fr = tables.Column(verbose_name=_("French"), order_by="label_fr_folded")
    rtd_code = tables.Column(verbose_name=_("Provincial code"), default="", orderable=False, attrs={"td": {"class": "num"}})

    class Meta:
        empty_text = _("No entry.")

    def __init__(self, *args, caption, may_change, **options):
        super().__init__(*args, **options)
        self.caption = caption
        self.may_change = may_change

    def render_code(self, record):
        if not self.may_change:
            return record["code"]
        return format_html('<a href="{}">{}</a>', reverse("agencies:entry", args=[record["pk"]]), record["code"])

    def render_label_en(self, value):
        return in_its_language(value, "en-CA")

    def render_label_fr(self, value):
        return in_its_language(value, "fr-CA")
