// Whatever question the library sends, the emulator reads as it was meant: what passes the checks is not refused.
#include <fuzzer/FuzzedDataProvider.h>

#include <array>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "operations/aggregations.hpp"
#include "require.hpp"
#include "testing/emulator/api.hpp"
#include "testing/emulator/records.hpp"

namespace {

using namespace fathom;
using Json = nlohmann::json;

constexpr const char* key = "fuzz-key";

/// The service, with one site.
struct Service {
    testing::detail::Api api{testing::EmulatorOptions{.dialect = testing::Dialect::live,
                                                      .sample_data = testing::SampleData::none,
                                                      .api_key = key,
                                                      .limits = {.enforced = false}}};
    std::string site = make_site();

private:
    std::string make_site() {
        const testing::RecordedRequest request{.method = "POST",
                                               .path = "/v1/sites",
                                               .headers = {{"Authorization", std::string("Bearer ") + key},
                                                           {"Accept", "application/json"},
                                                           {"Content-Type", "application/json"}},
                                               .body = R"({"name":"Fuzz"})"};
        return Json::parse(api.answer(request).body).at("id").get<std::string>();
    }
};

int hex_value(char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; }

std::string decoded(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            plain.push_back(text[i]);
            continue;
        }
        plain.push_back(static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])));
        i += 2;
    }
    return plain;
}

testing::RecordedRequest received(std::string_view target) {
    testing::RecordedRequest request{
        .method = "GET", .headers = {{"Authorization", std::string("Bearer ") + key}, {"Accept", "application/json"}}};
    const std::size_t question = target.find('?');
    request.path = "/v1" + std::string(target.substr(0, question));
    request.query = target.substr(question + 1);
    std::string_view rest = request.query;
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        const std::size_t equals = pair.find('=');
        request.parameters.emplace_back(decoded(pair.substr(0, equals)), decoded(pair.substr(equals + 1)));
        rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
    }
    return request;
}

PageviewQuery question_of(FuzzedDataProvider& bytes) {
    constexpr std::array metrics{PageviewMetric::visits, PageviewMetric::uniques, PageviewMetric::pageviews};
    constexpr std::array<const char*, 3> zones{"UTC", "Europe/Berlin", "America/New_York"};
    const std::array<Field, 4> fields{Field::pathname, Field::browser, Field::utm_source, Field::referrer_hostname};
    PageviewQuery query{.aggregates = {bytes.PickValueInArray(metrics)}};
    if (bytes.ConsumeBool()) query.date_grouping = static_cast<DateGrouping>(bytes.ConsumeIntegralInRange(0, 3));
    if (bytes.ConsumeBool()) query.field_grouping = bytes.PickValueInArray(fields);
    if (bytes.ConsumeBool()) query.timezone = bytes.PickValueInArray(zones);
    if (bytes.ConsumeBool()) query.sort_by = descending(query.aggregates.front());
    if (bytes.ConsumeBool()) query.limit = bytes.ConsumeIntegral<std::int16_t>();
    if (bytes.ConsumeBool()) {
        const std::chrono::sys_seconds from{
            std::chrono::seconds{bytes.ConsumeIntegralInRange<std::int64_t>(0, 4'000'000'000)}};
        query.date_from = from;
        query.date_to = from + std::chrono::seconds{bytes.ConsumeIntegralInRange<std::int64_t>(-1'000, 600'000)};
    }
    while (bytes.remaining_bytes() > 0 && query.filters.size() < 4) {
        const Field field = bytes.PickValueInArray(fields);
        // No regular expressions: the service alone can tell which it takes.
        const auto comparison = static_cast<FilterOperator>(bytes.ConsumeIntegralInRange(0, 3));
        query.filters.push_back(
            {.field = field, .comparison = comparison, .value = bytes.ConsumeRandomLengthString(40)});
    }
    return query;
}

/// What stands besides the filters arrives as it was asked.
void require_same_question(const PageviewQuery& query, const testing::RecordedRequest& request) {
    using Text = std::optional<std::string>;
    const auto require_arrival = [&](const char* name, const Text& asked) {
        fuzz::require(request.parameter(name) == asked, name);
    };
    const std::string metric(query.aggregates.front().text());
    const std::vector<Field>& fields = query.field_grouping.fields();
    require_arrival("aggregates", metric);
    require_arrival("field_grouping", fields.empty() ? Text() : Text(fields.front().text()));
    require_arrival("date_grouping", query.date_grouping ? Text(to_string(*query.date_grouping)) : Text());
    require_arrival("sort_by", query.sort_by ? Text(metric + ":desc") : Text());
    require_arrival("timezone", query.timezone);
    require_arrival("limit", query.limit ? Text(std::to_string(*query.limit)) : Text());
}

/// The filters as they arrive are those that were asked.
void require_same_filters(const PageviewQuery& query, const testing::RecordedRequest& request) {
    const std::string sent = request.parameter("filters").value_or("[]");
    const Json filters = Json::parse(sent);
    fuzz::require(filters.size() == query.filters.size(), "each filter arrives");
    for (std::size_t i = 0; i < query.filters.size(); ++i) {
        fuzz::require(filters[i].at("property") == std::string(query.filters[i].field.text()),
                      "a filter's field arrives");
        fuzz::require(filters[i].at("operator") == std::string(to_string(query.filters[i].comparison)),
                      "a filter's operator arrives");
        fuzz::require(filters[i].at("value") == query.filters[i].value, "a filter's value arrives");
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Service service;
    FuzzedDataProvider bytes(data, size);
    const PageviewQuery query = question_of(bytes);
    const auto operation = detail::operations::get_pageview_report(SiteId(service.site), query);
    if (!operation) {
        fuzz::require(operation.error().kind == ErrorKind::invalid_argument, "a refused question says why");
        fuzz::require_fit_for_log(operation.error());
        return 0;
    }
    const testing::RecordedRequest request = received(operation->request.target);
    require_same_question(query, request);
    require_same_filters(query, request);
    const testing::detail::Answer answer = service.api.answer(request);
    if (answer.status != 200) std::fprintf(stderr, "%d %s\n", answer.status, answer.body.c_str());
    fuzz::require(answer.status == 200, "what passes the checks is not refused");
    detail::DriftLog drift;
    fuzz::require(operation->decode(answer.body, drift).has_value(), "the emulator's report can be read");
    fuzz::require(drift.kept().empty(), "the emulator's report is as promised");
    return 0;
}
