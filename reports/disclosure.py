"""What a member may know of a release: the same matrix as the situation's, asked of this floor's rows.

Its numbers were made safe before they were written (``suppression``); here stands only in which datum of the matrix each field is.
"""

# Every model field of this floor: in which datum it is shown. A field that stands nowhere does not pass the build.
FIELDS = {
    "Release.releases_steering": [
        "table",
        "tier",
        "period",
        "status",
        "built_at",
        "approved_at",
        "approved_by",
        "prepared_by",
        "withdrawn_at",
    ],
    "ReleaseCell.releases_steering": ["catalogue_table", "codes", "label_en", "label_fr", "value", "denominator"],
}
# What no page shows: keys of rows, and the fingerprints by which a release proves that it was not changed.
NEVER_SHOWN = {
    "Release": ["id", "catalogue_version", "config_hash", "data_hash", "withdrawn_by"],
    "ReleaseCell": ["id", "table", "release", "position"],
}
