// How the room's values print: as JSON, without what is not set. Keys are hidden; bodies are by their size alone.
#include <chrono>
#include <concepts>
#include <filesystem>
#include <optional>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <date/date.h>
#include <fathom/testing/emulated_data.hpp>
#include <fathom/testing/emulator_options.hpp>
#include <fathom/testing/faults.hpp>
#include <fathom/testing/recorded_request.hpp>
#include <fathom/testing/report_rules.hpp>
#include <fathom/testing/scripted_transport.hpp>
#include <fathom/testing/server_limits.hpp>
#include <nlohmann/json.hpp>

#include "../platform/path_text.hpp"

namespace fathom::testing {

namespace {

using Json = nlohmann::ordered_json;

std::string_view name_of(LimitWindow value) noexcept { return value == LimitWindow::fixed ? "fixed" : "sliding"; }
std::string_view name_of(Handling value) noexcept { return value == Handling::skipped ? "skipped" : "done"; }
std::string_view name_of(LetterCase value) noexcept {
    return value == LetterCase::distinguished ? "distinguished" : "ignored";
}
std::string_view name_of(NullRows value) noexcept { return value == NullRows::kept ? "kept" : "dropped"; }
std::string_view name_of(VisitorSignature value) noexcept {
    return value == VisitorSignature::daily ? "daily" : "lasting";
}
std::string_view name_of(BounceRate value) noexcept {
    return value == BounceRate::percentage ? "percentage" : "fraction";
}
std::string_view name_of(Dialect value) noexcept { return value == Dialect::specification ? "specification" : "live"; }
std::string_view name_of(EventIds value) noexcept { return value == EventIds::sent ? "sent" : "absent"; }

std::string_view name_of(RetiredEndpoints value) noexcept {
    return value == RetiredEndpoints::gone ? "gone" : "working";
}

std::string_view name_of(Ending value) noexcept {
    switch (value) {
    case Ending::complete: return "complete";
    case Ending::no_answer: return "no_answer";
    case Ending::inside_body: return "inside_body";
    case Ending::half_body: return "half_body";
    }
    return "complete";
}

std::string_view name_of(RowOrder value) noexcept {
    switch (value) {
    case RowOrder::grouped: return "grouped";
    case RowOrder::reversed: return "reversed";
    case RowOrder::shuffled: return "shuffled";
    }
    return "grouped";
}

std::string_view name_of(TextOrder value) noexcept {
    switch (value) {
    case TextOrder::binary: return "binary";
    case TextOrder::case_insensitive: return "case_insensitive";
    case TextOrder::punctuation_ignored: return "punctuation_ignored";
    }
    return "binary";
}

std::string_view name_of(SampleData value) noexcept {
    switch (value) {
    case SampleData::none: return "none";
    case SampleData::brief: return "brief";
    case SampleData::full: return "full";
    }
    return "none";
}

template <class T>
concept Named = requires(T value) { name_of(value); };

Json value_of(bool value) { return value; }
Json value_of(std::integral auto value) { return value; }
Json value_of(const std::string& value) { return value; }
Json value_of(const std::vector<std::string>& values) { return values; }
Json value_of(const std::filesystem::path& path) { return fathom::detail::utf8_text(path); }
Json value_of(Named auto value) { return name_of(value); }
Json value_of(std::chrono::sys_seconds time) { return date::format("%FT%TZ", time); }
/// In seconds, as the library prints them.
template <class Number, class Period>
Json value_of(std::chrono::duration<Number, Period> value) {
    return std::chrono::duration<double>(value).count();
}
/// What prints as JSON by itself.
template <Printable T>
    requires(!Named<T> && !std::integral<T> && !std::convertible_to<T, std::string_view>)
Json value_of(const T& value) {
    std::ostringstream text;
    text << value;
    return Json::parse(text.str());
}
Json value_of(const NamedValues& values) {
    Json list = Json::array();
    for (const auto& [name, value] : values) {
        std::ostringstream text;
        text << HttpHeader{name, value}; // which knows what is secret
        list.push_back(Json::parse(text.str()));
    }
    return list;
}

/// An object that is built member by member.
class Members {
public:
    template <class T>
    Members& with(const char* name, const T& value) {
        json_[name] = value_of(value);
        return *this;
    }
    template <class T>
    Members& with(const char* name, const std::optional<T>& value) {
        return value ? with(name, *value) : *this;
    }
    std::ostream& print(std::ostream& out) const {
        return out << json_.dump(-1, ' ', false, Json::error_handler_t::replace);
    }

private:
    Json json_ = Json::object();
};

} // namespace

std::ostream& operator<<(std::ostream& out, const ServerLimit& value) {
    return Members().with("requests", value.requests).with("window", value.window).print(out);
}

std::ostream& operator<<(std::ostream& out, const ConcurrencyCap& value) {
    return Members().with("requests", value.requests).with("retry_after", value.retry_after).print(out);
}

std::ostream& operator<<(std::ostream& out, const OtherPrograms& value) {
    return Members().with("reports", value.reports).with("resources", value.resources).print(out);
}

std::ostream& operator<<(std::ostream& out, const ServerLimits& value) {
    return Members()
        .with("reports", value.reports)
        .with("resources", value.resources)
        .with("window", value.window)
        .with("enforced", value.enforced)
        .with("concurrency", value.concurrency)
        .with("other_programs", value.other_programs)
        .with("headers_about", value.headers_about)
        .print(out);
}

std::ostream& operator<<(std::ostream& out, const RecordedRequest& value) {
    return Members()
        .with("method", value.method)
        .with("path", value.path)
        .with("query", value.query)
        .with("headers", value.headers)
        .with("body_size", value.body.size())
        .with("status", value.status)
        .print(out);
}

std::ostream& operator<<(std::ostream& out, const RequestFilter& value) {
    return Members()
        .with("method", value.method)
        .with("path", value.path)
        .with("path_prefix", value.path_prefix)
        .print(out);
}

std::ostream& operator<<(std::ostream& out, const Fault& value) {
    return Members()
        .with("handling", value.handling)
        .with("delay", value.delay)
        .with("pause_inside_body", value.pause_inside_body)
        .with("status", value.status)
        .with("body_size", value.body ? std::optional(value.body->size()) : std::nullopt)
        .with("content_type", value.content_type)
        .with("headers", value.headers)
        .with("ending", value.ending)
        .print(out);
}

std::ostream& operator<<(std::ostream& out, const FaultSchedule& value) {
    return Members().with("times", value.times).with("after", value.after).with("only", value.only).print(out);
}

std::ostream& operator<<(std::ostream& out, const ReportRules& value) {
    return Members()
        .with("open_order", value.open_order)
        .with("text_order", value.text_order)
        .with("matching_case", value.matching_case)
        .with("like_case", value.like_case)
        .with("null_rows", value.null_rows)
        .with("visitor_signature", value.visitor_signature)
        .with("bounce_rate", value.bounce_rate)
        .print(out);
}

std::ostream& operator<<(std::ostream& out, const EmulatorOptions& value) {
    return Members()
        .with("dialect", value.dialect)
        .with("sample_data", value.sample_data)
        .with("seed", value.seed)
        .with("now", value.now)
        .with("abilities", value.abilities)
        .with("host", value.host)
        .with("port", value.port)
        .with("database", value.database)
        .with("limits", value.limits)
        .with("latency", value.latency)
        .with("reports", value.reports)
        .with("clock", value.clock != nullptr)
        .with("retired_endpoints", value.retired_endpoints)
        .with("event_ids", value.event_ids)
        .print(out);
}

std::ostream& operator<<(std::ostream& out, const EmulatedSite& value) {
    return Members()
        .with("id", value.id)
        .with("name", value.name)
        .with("sharing", value.sharing)
        .with("timezone", value.timezone)
        .with("created_at", value.created_at)
        .print(out);
}

std::ostream& operator<<(std::ostream& out, const EmulatedEvent& value) {
    return Members()
        .with("id", value.id)
        .with("name", value.name)
        .with("currency", value.currency)
        .with("created_at", value.created_at)
        .print(out);
}

std::ostream& operator<<(std::ostream& out, const EmulatedMilestone& value) {
    return Members()
        .with("id", value.id)
        .with("name", value.name)
        .with("milestone_date", value.milestone_date)
        .with("created_at", value.created_at)
        .print(out);
}

std::ostream& operator<<(std::ostream& out, const VisitorTraits& value) {
    return Members()
        .with("hostname", value.hostname)
        .with("pathname", value.pathname)
        .with("entry_page", value.entry_page)
        .with("exit_page", value.exit_page)
        .with("referrer_hostname", value.referrer_hostname)
        .with("referrer_pathname", value.referrer_pathname)
        .with("referrer_source", value.referrer_source)
        .with("browser", value.browser)
        .with("operating_system", value.operating_system)
        .with("device_type", value.device_type)
        .with("country_code", value.country_code)
        .with("region", value.region)
        .with("city", value.city)
        .with("utm_source", value.utm_source)
        .with("utm_medium", value.utm_medium)
        .with("utm_campaign", value.utm_campaign)
        .with("utm_content", value.utm_content)
        .with("utm_term", value.utm_term)
        .with("keyword", value.keyword)
        .with("ref", value.ref)
        .print(out);
}

std::ostream& operator<<(std::ostream& out, const EmulatedPageviews& value) {
    return Members()
        .with("at", value.at)
        .with("traits", value.traits)
        .with("visits", value.visits)
        .with("uniques", value.uniques)
        .with("pageviews", value.pageviews)
        .with("duration", value.duration)
        .with("bounces", value.bounces)
        .with("visitors", value.visitors)
        .print(out);
}

std::ostream& operator<<(std::ostream& out, const EmulatedConversions& value) {
    return Members()
        .with("at", value.at)
        .with("traits", value.traits)
        .with("conversions", value.conversions)
        .with("unique_conversions", value.unique_conversions)
        .with("value_in_cents", value.value_in_cents)
        .with("visitors", value.visitors)
        .print(out);
}

std::ostream& operator<<(std::ostream& out, const EmulatedVisitors& value) {
    return Members()
        .with("total", value.total)
        .with("hostname", value.hostname)
        .with("pathname", value.pathname)
        .with("referrer_hostname", value.referrer_hostname)
        .with("referrer_pathname", value.referrer_pathname)
        .print(out);
}

std::ostream& operator<<(std::ostream& out, const ScriptedAnswer& value) {
    return Members()
        .with("status", value.status)
        .with("headers", value.headers)
        .with("body_size", value.body.size())
        .with("latency", value.latency)
        .print(out);
}

std::ostream& operator<<(std::ostream& out, const ScriptedFailure& value) {
    return Members().with("error", value.error).with("latency", value.latency).print(out);
}

std::ostream& operator<<(std::ostream& out, const RecordedCall& value) {
    return Members().with("request", value.request).with("time", value.time.time_since_epoch()).print(out);
}

std::ostream& operator<<(std::ostream& out, LimitWindow value) { return out << name_of(value); }
std::ostream& operator<<(std::ostream& out, Handling value) { return out << name_of(value); }
std::ostream& operator<<(std::ostream& out, LetterCase value) { return out << name_of(value); }
std::ostream& operator<<(std::ostream& out, NullRows value) { return out << name_of(value); }
std::ostream& operator<<(std::ostream& out, VisitorSignature value) { return out << name_of(value); }
std::ostream& operator<<(std::ostream& out, BounceRate value) { return out << name_of(value); }
std::ostream& operator<<(std::ostream& out, Dialect value) { return out << name_of(value); }
std::ostream& operator<<(std::ostream& out, EventIds value) { return out << name_of(value); }
std::ostream& operator<<(std::ostream& out, RetiredEndpoints value) { return out << name_of(value); }
std::ostream& operator<<(std::ostream& out, Ending value) { return out << name_of(value); }
std::ostream& operator<<(std::ostream& out, RowOrder value) { return out << name_of(value); }
std::ostream& operator<<(std::ostream& out, TextOrder value) { return out << name_of(value); }
std::ostream& operator<<(std::ostream& out, SampleData value) { return out << name_of(value); }

} // namespace fathom::testing
