/// @file
/// Milestones: what they are and the calls on them.
#pragma once

#include <chrono>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>

#include <fathom/call_options.hpp>
#include <fathom/call_style.hpp>
#include <fathom/detail/access.hpp>
#include <fathom/export.hpp>
#include <fathom/ids.hpp>

namespace fathom::inline v0_2 {

/// A date worth remembering in a site's history.
struct Milestone {
    MilestoneId id{};                                     ///< Identifier.
    std::string name{};                                   ///< Display name.
    std::chrono::year_month_day milestone_date{};         ///< The date; not `ok()` where the answer has none.
    std::optional<std::chrono::sys_seconds> created_at{}; ///< Creation, UTC.
    std::optional<std::chrono::sys_seconds> updated_at{}; ///< Last change, UTC.

    /// Member-wise equality.
    friend bool operator==(const Milestone&, const Milestone&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const Milestone& value);
};

/// A milestone to be created.
struct MilestoneCreate {
    std::string name;                           ///< Display name, 1–30 characters.
    std::chrono::year_month_day milestone_date; ///< A date that exists, not in the future (in any time zone).

    /// Member-wise equality.
    friend bool operator==(const MilestoneCreate&, const MilestoneCreate&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const MilestoneCreate& value);
};

/// A change of a milestone: only what is set is sent. The live service wants both members; see the other overload of
/// Milestones::update().
struct MilestoneUpdate {
    std::optional<std::string> name{};                           ///< New display name, 1–30 characters.
    std::optional<std::chrono::year_month_day> milestone_date{}; ///< New date, not in the future.

    /// Member-wise equality.
    friend bool operator==(const MilestoneUpdate&, const MilestoneUpdate&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const MilestoneUpdate& value);
};

/// Calls on a site's milestones; got from Client::milestones().
template <class Style>
class FATHOM_EXPORT MilestonesModule {
    template <class T>
    using Outcome = typename Style::template Outcome<T>;
    template <class T>
    using List = typename Style::template List<T>;

public:
    /// All milestones of a site (operation `listMilestones`), fetched as the range is walked.
    [[nodiscard]] List<Milestone> list(const SiteId& site, const ListOptions& options = {}) const;
    /// Creates a milestone (operation `createMilestone`). Not repeated unless it was provably not
    /// processed. Where it fails with Error::may_have_taken_effect, list and compare before creating again.
    [[nodiscard]] Outcome<Milestone> create(const SiteId& site, const MilestoneCreate& milestone,
                                            const CallOptions& options = {}) const;
    /// One milestone (operation `getMilestone`).
    [[nodiscard]] Outcome<Milestone> get(const SiteId& site, const MilestoneId& id,
                                         const CallOptions& options = {}) const;
    /// Changes a milestone (operation `updateMilestone`): sends only what is set; refuses a change that sets nothing.
    [[nodiscard]] Outcome<Milestone> update(const SiteId& site, const MilestoneId& id, const MilestoneUpdate& change,
                                            const CallOptions& options = {}) const;
    /// Stores a milestone as it stands here (operation `updateMilestone`): sends its name and its date, as the live
    /// service requires.
    [[nodiscard]] Outcome<Milestone> update(const SiteId& site, const Milestone& milestone,
                                            const CallOptions& options = {}) const;
    /// Deletes a milestone (operation `deleteMilestone`); no analytics data is lost.
    Outcome<void> remove(const SiteId& site, const MilestoneId& id, const CallOptions& options = {}) const;

private:
    friend struct detail::Access;
    explicit MilestonesModule(detail::Route<Style> route) noexcept;

    detail::ModuleRoute<Style> route_;
};

} // namespace fathom::inline v0_2
