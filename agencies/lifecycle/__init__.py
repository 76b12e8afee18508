"""How tables, agencies, seats, people, agreements and vocabularies change, with what record."""

from agencies.lifecycle.agreements import publish_agreement, remind_of, sign_agreement, told_of
from agencies.lifecycle.factors import factors_of, forget_factors, has_factor, has_one_factor, hold_factors, record_factors
from agencies.lifecycle.inviting_again import invite_all_again, invited_all_again, not_joined, take_back_invitations
from agencies.lifecycle.own import choose_keys, choose_mail, hash_of, make_calendar_key, mark_read, revoke_calendar_key
from agencies.lifecycle.people import (
    NOT_HERE,
    accept_invitation,
    appoint,
    change_member,
    choose_language,
    delegate,
    end_appointment,
    end_membership,
    invitation_address,
    invite,
    invite_again,
)
from agencies.lifecycle.recovery import ask_recovery, confirm_recovery, decline_recovery, rescue_administrator
from agencies.lifecycle.sign_ins import end_the_oldest, link_agency_sign_in, sign_out, unlink_agency_sign_in
from agencies.lifecycle.spreadsheet import bring_in
from agencies.lifecycle.tables import add_agency, change_agency, change_table, create_table, end_seat, give_seat
from agencies.lifecycle.vocabulary import add_entry, change_entry, retire_entry

__all__ = [
    "NOT_HERE",
    "accept_invitation",
    "add_agency",
    "add_entry",
    "appoint",
    "ask_recovery",
    "bring_in",
    "change_agency",
    "change_entry",
    "change_member",
    "change_table",
    "choose_keys",
    "choose_language",
    "choose_mail",
    "confirm_recovery",
    "create_table",
    "decline_recovery",
    "delegate",
    "end_appointment",
    "end_membership",
    "end_seat",
    "end_the_oldest",
    "factors_of",
    "forget_factors",
    "give_seat",
    "has_factor",
    "has_one_factor",
    "hash_of",
    "hold_factors",
    "invitation_address",
    "invite",
    "invite_again",
    "invite_all_again",
    "invited_all_again",
    "link_agency_sign_in",
    "make_calendar_key",
    "mark_read",
    "not_joined",
    "publish_agreement",
    "record_factors",
    "remind_of",
    "rescue_administrator",
    "retire_entry",
    "revoke_calendar_key",
    "sign_agreement",
    "sign_out",
    "take_back_invitations",
    "told_of",
    "unlink_agency_sign_in",
]
