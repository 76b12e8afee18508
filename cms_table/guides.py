"""One page to print for each role: what it does, in which order, what it never does, and whom it asks. No facts about anyone."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

COORDINATOR = _("Ask your table’s coordinator.")


@dataclass(frozen=True)
class Guide:
    """A page of one role; ``role`` is its address."""

    role: str
    title: str
    lead: str
    ask: str = COORDINATOR

    @property
    def steps(self) -> str:
        return f"pages/guides/{self.role}_steps.html"

    @property
    def never(self) -> str:
        return f"pages/guides/{self.role}_never.html"


GUIDES = {
    guide.role: guide
    for guide in (
        Guide("representative", _("For representatives"), _("You act for your agency at the table.")),
        Guide(
            "alternate",
            _("For alternates and agency leads"),
            _("You stand in for your agency’s representative, or look after its people."),
            _("Ask the person for whom you stand in, your agency’s lead, or the table’s coordinator."),
        ),
        Guide("chair", _("For chairs"), _("You lead the meeting from item to item.")),
        Guide("recorder", _("For recorders"), _("You write for those who have no device, and write no name.")),
        Guide(
            "coordinator",
            _("For coordinators"),
            _("You look after the table, its people and what is owed."),
            _("Ask the privacy officer about what may be said or kept, and the administrator about accounts and the server."),
        ),
        Guide("steering", _("For the steering committee"), _("You want to know what changed, whether it is real, and what to ask for.")),
        Guide(
            "privacy-officer",
            _("For privacy officers"),
            _("You watch that what may be known is what the table decided."),
            _("Ask the coordinator about the table, and your own agency’s counsel about the law."),
        ),
        Guide("administrator", _("For administrators"), _("You look after accounts and settings, and have no way to a situation.")),
    )
}
