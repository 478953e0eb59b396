// Templates whose code is in the library: what writes and reads each kind of record, and what a report does with its rows.
#include <iostream>
#include <sstream>
#include <vector>

#include <fathom/fathom.hpp>

namespace {

template <class T>
bool goes_through_json() {
    const std::string line = fathom::to_json(T{});
    return fathom::from_json<T>(line).has_value() || fathom::read_json_lines<T>("").has_value() ||
           fathom::read_json<T>("[]").has_value();
}

template <class T>
bool goes_through_csv() {
    std::ostringstream out;
    if constexpr (fathom::ReportRow<T>) {
        fathom::write_csv(out, {.aggregates = {}}, std::vector<T>{});
    } else {
        fathom::write_csv(out, std::vector<T>{});
    }
    return fathom::read_csv<T>(out.str()).has_value() || out.str().empty();
}

template <class... T>
bool are_records() {
    return ((goes_through_json<T>() && goes_through_csv<T>()) && ...);
}

template <class Report>
bool is_report() {
    const Report report{{}, {}};
    return !report.possibly_truncated() && !report.fill_gaps(); // which there are none of without a grouping by dates
}

} // namespace

int main() {
    using namespace fathom;
    const bool works =
        are_records<Account, Token, Site, SiteCreate, SiteUpdate, Event, EventCreate, EventUpdate, Milestone,
                    MilestoneCreate, MilestoneUpdate, CurrentPage, CurrentReferrer, PageviewRow, EventRow>() &&
        goes_through_json<CurrentVisitors>() && is_report<PageviewReport>() && is_report<EventReport>();
    std::cout << (works ? "records\n" : "records do not work\n");
    return works ? 0 : 1;
}
