/// @file
/// Puts what tests want directly into the state.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <fathom/testing/emulated_data.hpp>

#include "service.hpp"

namespace fathom::testing::detail {

std::string add_site(Service& service, const EmulatedSite& site);
std::string add_event(Service& service, std::string_view site_id, const EmulatedEvent& event);
std::string add_milestone(Service& service, std::string_view site_id, const EmulatedMilestone& milestone);
void add_pageviews(Service& service, std::string_view site_id, const std::vector<EmulatedPageviews>& pageviews);
void add_conversions(Service& service, std::string_view site_id, std::string_view event_name,
                     const std::vector<EmulatedConversions>& conversions);
void set_current_visitors(Service& service, std::string_view site_id, const std::vector<EmulatedVisitors>& visitors);
[[nodiscard]] std::vector<std::string> site_ids(Service& service);

/// Writes facts, with statements that are prepared once. Make it inside a transaction.
class FactWriter {
public:
    explicit FactWriter(Database& database);

    /// Stores the dimensions.
    /// @return what facts refer to them by
    [[nodiscard]] std::int64_t add_profile(const VisitorTraits& traits);
    void add_pageviews(std::int64_t site, std::int64_t profile, const EmulatedPageviews& pageviews);
    void add_conversions(std::int64_t event, std::int64_t profile, const EmulatedConversions& conversions);

private:
    Database& database_;
    Statement profile_;
    Statement pageviews_;
    Statement conversions_;
};

} // namespace fathom::testing::detail
