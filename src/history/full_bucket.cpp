#include "full_bucket.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "../reports/field_filters.hpp"
#include "../text/percent.hpp"
#include "prefixes.hpp"

namespace fathom::detail::history {

namespace {

/// Of all filters of a question together, as they are written in its address. The limit of the live service's addresses is not
/// known; many servers take 8,000 bytes, of which the rest of an address needs less than 1,000.
constexpr std::size_t longest_filters = 6'000;
/// Halves of halves of … of the values.
constexpr int deepest = 40;
/// What a bucket may cost before it is given up, so that no service keeps a history from ending. Where filters are heeded, two
/// questions bring 50 rows at the least: the rarest value that parts a cut answer has a twentieth of its 1,000. The first
/// hundred are for chains of filters as long as `deepest`, whose rows may all be known.
constexpr std::size_t questions_at_least = 100;
constexpr std::size_t rows_per_question = 20;

template <class Metric>
std::vector<std::string_view> values_of(const Rows<Metric>& rows, const Field& field) {
    std::vector<std::string_view> values;
    values.reserve(rows.size());
    for (const Row<Metric>& row : rows) values.push_back(row.fields[field]);
    return values;
}

bool are_the_same(const std::vector<std::string_view>& values) {
    return std::ranges::all_of(values, [&](std::string_view value) { return value == values.front(); });
}

std::vector<Filter> with(std::vector<Filter> filters, Filter another) {
    filters.push_back(std::move(another));
    return filters;
}

/// For what is not finished yet.
std::vector<Filter> behind(const FinishedPrefixes& done, const Field& field, std::vector<Filter> filters) {
    const std::string pattern = done.pattern();
    return pattern.empty() ? filters : with(std::move(filters), field.not_matching(pattern));
}

/// What a filter takes in an address: JSON in which most signs become three bytes. It is rather too much than too little.
std::size_t written_length(const Filter& filter) {
    constexpr std::size_t braces_names_and_comparison = 120;
    constexpr std::size_t longest_escape = 5; // `%5C`, and for a control character `u00` besides
    const auto is_escaped = [](char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; };
    const auto escapes = static_cast<std::size_t>(std::ranges::count_if(filter.value, is_escaped));
    return braces_names_and_comparison + 2 * percent_encoded(filter.field.text()).size() +
           percent_encoded(filter.value).size() + longest_escape * escapes;
}

std::size_t written_length(const std::vector<Filter>& filters) {
    std::size_t length = 0;
    for (const Filter& filter : filters) length += written_length(filter);
    return length;
}

/// A value that a good part of the rows have and others don't.
std::optional<std::string> common_value(const std::vector<std::string_view>& values) {
    std::map<std::string_view, std::size_t> counts;
    for (const std::string_view value : values) ++counts[value];
    const auto most = std::ranges::max_element(counts, {}, [](const auto& each) { return each.second; });
    const bool is_worth_it = most != counts.end() && most->second < values.size() && most->second * 20 >= values.size();
    return is_worth_it ? std::optional(std::string(most->first)) : std::nullopt;
}

/// Where to begin: by a field that takes no filter, little can be sought.
std::size_t first_with_filters(const std::vector<Field>& fields) {
    const auto takes_some = [](const Field& field) { return filters_of(field) != FieldFilters::none; };
    const auto found = std::ranges::find_if(fields, takes_some);
    return found == fields.end() ? 0 : static_cast<std::size_t>(found - fields.begin());
}

} // namespace

template <class Metric>
Talk FullBucket<Metric>::fetch() {
    if (auto error = co_await ask_for_total()) co_return error;
    if (is_whole()) co_return std::nullopt;
    if (auto error = co_await seek(first_with_filters(fields_), {})) co_return error;
    if (is_whole()) co_return std::nullopt;
    if (auto error = co_await partition({}, known_.all(), 0)) co_return error;
    if (is_whole()) co_return std::nullopt;
    co_return co_await ask_for_total(); // which may have grown meanwhile
}

template <class Metric>
Talk FullBucket<Metric>::ask_for_total() {
    ReportQuery<Metric> about_all = questions_.totals_of(window_, *questions_.rows_of(window_).date_grouping);
    Rows<Metric> rows = co_await desk_.ask(std::move(about_all));
    total_ = 0;
    for (Row<Metric>& row : rows) total_ += check_count(row).value_or(0);
    co_return std::nullopt;
}

/// Ascends by one field; what has one value of it is sought by the next one.
template <class Metric>
Talk FullBucket<Metric>::seek(std::size_t field, Filters base) {
    const Field by = fields_[field];
    FinishedPrefixes done;
    while (true) {
        Filters filters = behind(done, by, base);
        if (!may_ask(filters)) co_return std::nullopt; // to be parted
        const Rows<Metric> rows = co_await ask(filters, ascending(by));
        known_.add(rows);
        if (!is_cut<Metric>(rows) || is_whole()) co_return std::nullopt;
        const std::vector<std::string_view> values = values_of<Metric>(rows, by);
        const FieldFilters kind = filters_of(by);
        if (kind != FieldFilters::none && are_the_same(values)) {
            const Filter all_others = by != values.front();
            if (!leads_on(field, base, all_others)) co_return std::nullopt;
            if (auto error = co_await seek(field + 1, with(base, by == values.front()))) co_return error;
            if (is_whole()) co_return std::nullopt;
            base.push_back(all_others);
        } else if (kind != FieldFilters::patterns) {
            co_return co_await from_the_other_end(field, std::move(filters));
        } else if (!done.add_from(values)) {
            co_return std::nullopt;
        }
    }
}

/// Whether there is another field to seek by, and the service has not shown a value again that it was to leave out: one that it
/// does not find by its text, such as that of null.
template <class Metric>
bool FullBucket<Metric>::leads_on(std::size_t field, const Filters& base, const Filter& all_others) const {
    return field + 1 < fields_.size() && (base.empty() || base.back() != all_others);
}

/// Of values that cannot be left behind by their beginnings, at most two answers can be had: from either end.
template <class Metric>
Talk FullBucket<Metric>::from_the_other_end(std::size_t field, Filters filters) {
    const Rows<Metric> rows = co_await ask(filters, descending(fields_[field]));
    known_.add(rows);
    co_return std::nullopt;
}

/// What passes a filter and what does not are all that there is, whatever the filter means to the service.
template <class Metric>
Talk FullBucket<Metric>::partition(Filters base, Rows<Metric> sample, int depth) {
    const std::vector<Filter> halves = depth < deepest ? halves_of(sample) : std::vector<Filter>();
    for (std::size_t half = 0; half < halves.size(); ++half) {
        Filters filters = with(base, halves[half]);
        if (!may_ask(filters)) co_return std::nullopt;
        Rows<Metric> rows = co_await ask(filters, ascending(fields_.front()));
        known_.add(rows);
        if (is_whole()) co_return std::nullopt;
        // Some are known that should pass, and some that should not.
        const bool is_misunderstood = half == 0 && (rows.empty() || are_alike(rows, sample));
        if (is_misunderstood) co_return std::nullopt;
        if (is_cut<Metric>(rows)) {
            if (auto error = co_await partition(std::move(filters), std::move(rows), depth + 1)) co_return error;
            if (is_whole()) co_return std::nullopt;
        }
    }
    co_return std::nullopt;
}

/// Two filters of which each row passes one; none where the rows cannot be told apart.
template <class Metric>
std::vector<Filter> FullBucket<Metric>::halves_of(const Rows<Metric>& sample) const {
    for (const Field& field : fields_) {
        if (filters_of(field) != FieldFilters::patterns) continue;
        if (auto pattern = splitting_pattern(values_of<Metric>(sample, field))) {
            return {field.matching(*pattern), field.not_matching(*pattern)};
        }
    }
    for (const Field& field : fields_) {
        if (filters_of(field) != FieldFilters::equality) continue;
        if (auto value = common_value(values_of<Metric>(sample, field))) return {field == *value, field != *value};
    }
    return {};
}

/// Whether two answers have the same rows, in whatever order.
template <class Metric>
bool FullBucket<Metric>::are_alike(const Rows<Metric>& rows, const Rows<Metric>& others) const {
    if (rows.size() != others.size()) return false;
    KnownRows<Metric> both(fields_);
    both.add(rows);
    both.add(others);
    return both.count() == rows.size();
}

/// Whether a question with these filters can be asked, and there is sense in one more.
template <class Metric>
bool FullBucket<Metric>::may_ask(const Filters& filters) const {
    if (questions_asked_ >= questions_at_least + known_.count() / rows_per_question) return false;
    return filters.empty() || written_length(questions_.own_filters()) + written_length(filters) <= longest_filters;
}

template class FullBucket<PageviewMetric>;
template class FullBucket<EventMetric>;

} // namespace fathom::detail::history
