#include "fathom_emulator_options.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <regex>
#include <string>

namespace {

using namespace fathom::testing;

template <typename Value>
using Choices = std::map<std::string, Value>;

template <typename Value>
void add_choice(CLI::App& program, const std::string& name, Value& value, const Choices<Value>& choices,
                const std::string& description) {
    std::string names;
    std::string default_name;
    for (const auto& [text, choice] : choices) {
        names += (names.empty() ? "" : "|") + text;
        if (choice == value) default_name = text;
    }
    program.add_option(name, value, description)
        ->transform(CLI::CheckedTransformer(choices).description(""))
        ->type_name(names)
        ->default_str(default_name);
}

void add_milliseconds(CLI::App& program, const std::string& name, std::chrono::milliseconds& value,
                      const std::string& description) {
    program
        .add_option_function<std::int64_t>(
            name, [&value](std::int64_t count) { value = std::chrono::milliseconds{count}; }, description)
        ->check(CLI::NonNegativeNumber)
        ->default_str(std::to_string(value.count()));
}

// A count: left to itself, the parser takes -1 for the largest there is.
template <typename Count>
CLI::Option* add_count(CLI::App& program, const std::string& name, Count& value, const std::string& description) {
    return program.add_option(name, value, description)
        ->check(
            [](const std::string& text) { return text.starts_with('-') ? text + " is less than 0" : std::string(); })
        ->capture_default_str();
}

// As a key can stand in a request's line Authorization.
std::string fault_of_key(const std::string& key) {
    const bool is_word = std::ranges::all_of(key, [](char c) { return c > ' ' && c < '\x7f'; });
    return key.empty() ? "is empty" : is_word ? "" : "holds a space, or something else than ASCII";
}

std::string text_of(const ServerLimit& limit) {
    return std::to_string(limit.requests) + "/" + std::to_string(limit.window.count());
}

// `10/60`: ten requests in sixty seconds.
ServerLimit read_limit(const std::string& name, const std::string& text) {
    static const std::regex form{"([0-9]{1,9})/([1-9][0-9]{0,8})"};
    std::smatch parts;
    if (!std::regex_match(text, parts, form))
        throw CLI::ValidationError(name, text + " is not in the form REQUESTS/SECONDS, such as 10/60");
    return {.requests = std::stoul(parts[1]), .window = std::chrono::seconds{std::stol(parts[2])}};
}

// Unix time, or a date in UTC with or without a time.
std::chrono::sys_seconds read_time(const std::string& text) {
    static const std::regex number{"-?[0-9]{1,11}"};
    static const std::regex iso{"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?Z?)?"};
    if (std::regex_match(text, number)) return std::chrono::sys_seconds{std::chrono::seconds{std::stoll(text)}};
    std::smatch parts;
    const auto part = [&](std::size_t index) { return parts[index].matched ? std::stoi(parts[index]) : 0; };
    if (std::regex_match(text, parts, iso)) {
        const std::chrono::year_month_day date{std::chrono::year{part(1)},
                                               std::chrono::month{static_cast<unsigned>(part(2))},
                                               std::chrono::day{static_cast<unsigned>(part(3))}};
        if (date.ok() && part(4) < 24 && part(5) < 60 && part(6) < 60) {
            return std::chrono::sys_days{date} + std::chrono::hours{part(4)} + std::chrono::minutes{part(5)} +
                   std::chrono::seconds{part(6)};
        }
    }
    throw CLI::ValidationError("--now", text + " is neither a time such as 2026-11-01 or 2026-11-01T12:00:00Z, in UTC, "
                                               "nor Unix time");
}

void add_server(CLI::App& program, EmulatorOptions& options) {
    program.add_option("--host", options.host, "Address to listen on")->capture_default_str();
    program.add_option("--port", options.port, "Port to listen on; 0: one that is free")
        ->check(CLI::Range(0, 65535))
        ->capture_default_str();
    program.add_option("--api-key", options.api_key, "The key that is let in")
        ->check(fault_of_key)
        ->capture_default_str();
    program.add_option("--abilities", options.abilities, "Of that key: *, all-sites-readonly, read:ID, manage:ID")
        ->capture_default_str();
    add_choice(program, "--dialect", options.dialect,
               {{"specification", Dialect::specification}, {"live", Dialect::live}},
               "Answer like the specification, or like the live service");
    program.add_flag_callback(
        "--keep-retired", [&] { options.retired_endpoints = RetiredEndpoints::working; },
        "Live dialect: answer on endpoints that the service has retired; by default 410");
    program.add_flag_callback(
        "--no-event-ids", [&] { options.event_ids = EventIds::absent; },
        "Live dialect: events have no ids; by default they have, as cursors");
    add_milliseconds(program, "--latency", options.latency, "Milliseconds before each answer");
}

void add_data(CLI::App& program, EmulatorOptions& options) {
    program.add_option("--database", options.database, "SQLite file that keeps the state")->default_str("in memory");
    add_count(program, "--seed", options.seed, "Seed of sample data and ids");
    add_choice(program, "--sample-data", options.sample_data,
               {{"none", SampleData::none}, {"small", SampleData::brief}, {"full", SampleData::full}},
               "How much traffic there is at the start");
    program.add_flag_callback(
        "--no-sample-data", [&] { options.sample_data = SampleData::none; }, "The same as --sample-data none");
    program
        .add_option_function<std::string>(
            "--now", [&](const std::string& text) { options.now = read_time(text); },
            "Time that stands still: 2026-11-01, 2026-11-01T12:00:00Z, Unix time")
        ->default_str("the time that passes");
}

void add_limits(CLI::App& program, ServerLimits& limits) {
    const auto add_limit = [&](const char* name, ServerLimit& limit, const char* description) {
        program
            .add_option_function<std::string>(
                name, [name, &limit](const std::string& text) { limit = read_limit(name, text); }, description)
            ->default_str(text_of(limit));
    };
    add_limit("--report-limit", limits.reports, "Reports and current visitors in so many seconds");
    add_limit("--resource-limit", limits.resources, "All other requests in so many seconds");
    program.add_flag_callback(
        "--no-rate-limits", [&] { limits.enforced = false; }, "Lift these two limits; by default they hold");
    program.add_flag_callback(
        "--sliding-limits", [&] { limits.window = LimitWindow::sliding; },
        "Count the requests of the last window; by default a window starts with its first request");
    add_count(program, "--other-reports", limits.other_programs.reports,
              "Reports that other programs take in each window");
    add_count(program, "--other-resources", limits.other_programs.resources,
              "All other requests that other programs take in each window");
    add_count(program, "--concurrency", limits.concurrency.requests, "Requests at once; 0: any number");
    program
        .add_option_function<std::int64_t>(
            "--concurrency-retry-after",
            [&](std::int64_t seconds) {
                limits.concurrency.retry_after =
                    seconds < 0 ? std::nullopt : std::optional{std::chrono::seconds{seconds}};
            },
            "Retry-After of requests beside too many others, in seconds; -1: none")
        ->default_str("1");
    program
        .add_option_function<std::string>(
            "--headers-about",
            [&](const std::string& text) { limits.headers_about = read_limit("--headers-about", text); },
            "The limit that X-RateLimit-* speak of, such as 60/60, and that nobody enforces")
        ->default_str("live dialect: the limit that holds; specification: no such headers");
}

void add_reports(CLI::App& program, ReportRules& rules) {
    const Choices<LetterCase> cases{{"distinguished", LetterCase::distinguished}, {"ignored", LetterCase::ignored}};
    add_choice(program, "--open-order", rules.open_order,
               {{"grouped", RowOrder::grouped}, {"reversed", RowOrder::reversed}, {"shuffled", RowOrder::shuffled}},
               "Order of rows that sort_by leaves open");
    add_choice(program, "--text-order", rules.text_order,
               {{"binary", TextOrder::binary},
                {"case-insensitive", TextOrder::case_insensitive},
                {"punctuation-ignored", TextOrder::punctuation_ignored}},
               "How texts are sorted");
    add_choice(program, "--matching-case", rules.matching_case, cases, "Case of letters in the filter matching");
    add_choice(program, "--like-case", rules.like_case, cases, "Case of letters in the filter is like");
    add_choice(program, "--null-rows", rules.null_rows, {{"kept", NullRows::kept}, {"dropped", NullRows::dropped}},
               "Rows without a value under is not, is not like, not matching");
    add_choice(program, "--visitor-signature", rules.visitor_signature,
               {{"daily", VisitorSignature::daily}, {"lasting", VisitorSignature::lasting}},
               "How long a visitor counts as the same");
    add_choice(program, "--bounce-rate", rules.bounce_rate,
               {{"percentage", BounceRate::percentage}, {"fraction", BounceRate::fraction}},
               "How the live dialect writes it");
}

} // namespace

void describe_options(CLI::App& program, EmulatorOptions& options) {
    add_server(program, options);
    add_data(program, options);
    add_limits(program, options.limits);
    add_reports(program, options.reports);
}
