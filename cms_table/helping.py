"""Which part of the help page explains which page: one table, so that every page leads to help of its own."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

# The parts of the help page, in its order; each is a template of its own, and a heading with this id.
SECTIONS = {
    "filters": _("The four filters"),
    "coming-in": _("Coming in"),
    "first-page": _("Your first page"),
    "bring": _("Bring a situation"),
    "situation": _("One situation, and who looked"),
    "table": _("At the table"),
    "response": _("When your agency responds"),
    "chair": _("Chair a meeting"),
    "recorder": _("Record a meeting"),
    "meetings": _("Meetings and minutes"),
    "issues": _("Systemic issues"),
    "releases": _("Figures"),
    "record": _("The record"),
    "people": _("People, agencies and agreements"),
    "settings": _("Settings and words"),
    "profile": _("Your profile"),
    "practice": _("The practice table"),
}

# By the name of the view. A page that stands in none of these lines leads to the first part; a test says that none does.
EXPLAINED_IN = {
    "filters": "help guide privacy what_we_hold accessibility components up typed typed_again language",
    "coming-in": """
        account_login account_logout account_signup account_inactive account_reauthenticate account_set_password
        account_change_password account_reset_password account_reset_password_done account_reset_password_from_key
        account_reset_password_from_key_done account_email account_email_verification_sent account_confirm_email
        account_confirm_login_code agency_sign_in agency_arrived
        mfa_authenticate mfa_index mfa_activate_totp mfa_deactivate_totp mfa_add_webauthn mfa_remove_webauthn mfa_list_webauthn
        mfa_edit_webauthn mfa_login_webauthn mfa_reauthenticate mfa_reauthenticate_webauthn mfa_view_recovery_codes
        mfa_generate_recovery_codes mfa_download_recovery_codes
        agencies:come_in
        agencies:obstacles agencies:join agencies:ask_again agencies:sign
    """,
    "first-page": """
        start awaiting open_notice set_aside meetings:activity responses:overdue responses:remind responses:remind_all
        responses:take_back_reminder
    """,
    "bring": """
        situations:open situations:intake situations:autosave situations:coach situations:check situations:submit situations:discard
        situations:print_answers situations:not_brought meetings:withdraw meetings:emergency
    """,
    "situation": """
        situation situations:list situations:find situations:looks situations:look situations:happened situations:step_in situations:correct
    """,
    "table": """
        meetings:member meetings:position meetings:involvement meetings:step_out meetings:check_in meetings:check_out
        meetings:write_identifiers meetings:reveal meetings:still_revealed
    """,
    "response": """
        responses:contact responses:plan_step responses:settle_step responses:service responses:report_back responses:ask
        responses:answer_asked responses:hand_over responses:leave responses:propose responses:follow_up meetings:write_plan
    """,
    "chair": """
        meetings:chair meetings:open meetings:item_next meetings:item_open meetings:accept meetings:reject meetings:defer live
        meetings:wall meetings:show_wall meetings:blank_wall meetings:end_wall the_wall the_wall_live the_wall_blank
        meetings:respond meetings:end_early meetings:keep_open meetings:conclude meetings:recuse meetings:extend meetings:close
        meetings:undo
    """,
    "recorder": "meetings:recorder meetings:answers meetings:report meetings:attendance meetings:paper",
    "meetings": """
        meetings:list meetings:detail meetings:plan meetings:move meetings:cancel meetings:exceptions meetings:remove_exception
        meetings:minutes meetings:approve_minutes
    """,
    "issues": "responses:issues responses:raise_issue responses:change_issue",
    "releases": "reports:list reports:prepare reports:release reports:approve reports:withdraw reports:download",
    "record": """
        agencies:ledger situations:all_looks situations:export_looks situations:incident
        situations:holds situations:ask_for_hold situations:confirm_hold situations:end_hold
    """,
    "people": """
        agencies:directory agencies:export_directory agencies:people agencies:invite agencies:member agencies:invite_again
        agencies:give_role agencies:end_membership agencies:end_role agencies:ask_recovery agencies:confirm_recovery
        agencies:decline_recovery agencies:agencies agencies:add_agency agencies:agency
        agencies:give_seat agencies:end_seat agencies:agreements agencies:publish agencies:signatures agencies:remind
        agencies:take_back_reminder agencies:invite_all_again
    """,
    "settings": """
        agencies:settings agencies:table agencies:add_table agencies:vocabularies agencies:entry agencies:retire_entry
        agencies:vocabulary agencies:add_entry agencies:import agencies:confirm_import agencies:import_template
    """,
    "profile": """
        agencies:profile agencies:sit_at agencies:delegate agencies:end_delegation agencies:mail agencies:make_calendar_key
        agencies:revoke_calendar_key calendar_feed agencies:sign_ins agencies:end_sign_in agencies:sign_out_everywhere
        agencies:unlink_agency agencies:keys
    """,
    "practice": "practice_clock letters first_morning practice_proof practice_proof_stage",
}
SECTION_OF = {view: section for section, views in EXPLAINED_IN.items() for view in views.split()}


def help_for(view_name: str) -> str:
    """The address of the help that fits a page, by the name of its view; for an unknown one the help page itself. No query."""
    section = SECTION_OF.get(view_name)
    return f"{reverse('help')}#{section}" if section else reverse("help")


def page_words(view_name: str):
    """What a page is about, in the words of the help page's headings; '' for an unknown one."""
    return SECTIONS.get(SECTION_OF.get(view_name, ""), "")
