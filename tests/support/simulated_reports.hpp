/// @file
/// The reports of a service that exists in memory only: at most 1,000 rows, filters, an order of texts.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <fathom/report.hpp>

namespace fathom {

/// What was counted of one combination of values in one hour.
struct SimulatedFact {
    std::chrono::local_seconds hour;
    std::vector<std::string> values; ///< Of SimulatedReports::fields.
    std::int64_t pageviews = 1;
    std::int64_t uniques = 1; ///< Do not add up: of several facts, the largest counts.
};

/// Reports on such facts, in UTC. Wall-clock times and instants are the same.
class SimulatedReports {
public:
    enum class TextOrder { binary, case_insensitive, punctuation_ignored };

    std::vector<Field> fields{Field::pathname, Field::country_code};
    TextOrder order = TextOrder::binary;
    bool patterns_ignore_case = false;
    bool patterns_match_whole_text = false;
    std::int64_t lost_pageviews = 0; ///< Which totals have and no row does.
    bool ignores_filters = false;
    bool shuffles = false;                   ///< Each answer has its rows in another order, before it is cut.
    bool counts_pageviews = true;            ///< Otherwise they are null.
    std::optional<std::string> unfindable{}; ///< A value that equals no text that a filter has, such as null.
    std::size_t requests = 0;

    void add(SimulatedFact fact) { facts_[fact.hour].push_back(std::move(fact)); }
    [[nodiscard]] std::vector<PageviewRow> answer(const PageviewQuery& query);
    /// All rows without any limit.
    [[nodiscard]] std::vector<PageviewRow> all(PageviewQuery query) const;

private:
    [[nodiscard]] std::vector<PageviewRow> rows(const PageviewQuery& query) const;
    [[nodiscard]] std::string sort_key(std::string_view text) const;

    std::map<std::chrono::local_seconds, std::vector<SimulatedFact>> facts_{};
    std::mt19937 random_{7}; // the same numbers in each run
};

} // namespace fathom
