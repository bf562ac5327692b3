"""The metrics by the names that indicator sets use."""

from collections.abc import Callable

from xmdesk.indicators import facilities, rosters, standing
from xmdesk.indicators.offices import Given, Metric, Offices

METRICS: dict[str, Callable[[Offices, Given], Metric]] = {
    one.__name__: one
    for one in (
        facilities.facility_offices,
        facilities.facility_count,
        facilities.facility_share,
        facilities.open_long_enough,
        facilities.open_at_weekend,
        facilities.centre_area,
        facilities.activity_area,
        facilities.far_villages,
        rosters.helper_offices,
        rosters.helper_count,
        rosters.officer_offices,
        rosters.officer_pairs,
        rosters.officers_trained,
        rosters.shelter_offices,
        rosters.shelter_capacity,
        rosters.duty_list_offices,
        rosters.duties_kept,
        rosters.duties_with_rights,
        rosters.duties_confirmed,
        rosters.activity_offices,
        rosters.legal_service_offices,
        standing.flag_offices,
        standing.honour_offices,
        standing.police_offices,
        standing.grids_staffed,
        standing.urban_villages_organised,
        standing.smart_compounds,
        standing.volunteers,
        standing.community_workers,
    )
}
