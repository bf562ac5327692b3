"""Which widget a field gets: decided by its kind alone."""

from ui.shared.fields.division import DivisionField
from ui.shared.fields.field import Field
from ui.shared.fields.hours import HoursField
from ui.shared.fields.lines import line_field
from ui.shared.fields.photos import Photographing, PhotosField, shows_photos
from ui.shared.fields.picks import ChoiceField, Referenced, ReferenceField, ReferencesField
from ui.shared.fields.table import TableField
from ui.shared.fields.ticks import SegmentField, TicksField, few_choices, yes_no_field
from xmdesk.records.base import FieldSpec
from xmdesk.records.kinds import Choice, Choices, DivisionCode, Hours, Reference, References, SubTable, YesNo


def field_for(spec: FieldSpec, referenced: Referenced) -> Field:
    """Return the widget for a field."""
    kind = spec.kind
    if isinstance(kind, YesNo):
        return yes_no_field(spec)
    if isinstance(kind, Choice):
        few = few_choices(kind)
        return SegmentField(spec, few) if few else ChoiceField(spec)
    if isinstance(kind, Choices):
        return TicksField(spec)
    if isinstance(kind, DivisionCode):
        return DivisionField(spec, referenced)
    if isinstance(kind, SubTable):
        return TableField(spec, referenced)
    if isinstance(kind, Reference | References):
        return _referring(spec, referenced)
    return HoursField(spec) if isinstance(kind, Hours) else line_field(spec)


def _referring(spec: FieldSpec, referenced: Referenced) -> Field:
    """Return the widget for a field that names other records, or photos."""
    if shows_photos(spec.kind) and isinstance(referenced, Photographing):
        return PhotosField(spec, referenced)
    return (ReferencesField if isinstance(spec.kind, References) else ReferenceField)(spec, referenced)
