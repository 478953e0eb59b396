#include "report_options.hpp"

#include "exit_code.hpp"
#include "whole_number.hpp"

namespace fathom::cli {

void describe_days(CLI::App& command, ReportOptions& options, const std::string& otherwise) {
    auto& days = *command.add_option_group("Days", "Of the reporting zone; " + otherwise + " where none are named");
    days.add_option("--last", options.last,
                    "30d, 4w, 6m or 2y until today; week, month or year: the whole one before this");
    days.add_option("--this", options.current, "week, month or year, until today");
    days.add_flag("--today", options.today, "Today, as far as it has come");
    days.add_flag("--yesterday", options.yesterday, "Yesterday");
    days.add_flag("--all", options.all, "From the first visit on");
    days.add_option("--from", options.from, "The first day, such as 2026-11-01");
    days.add_option("--to", options.to, "The last day, which is counted too");
}

void describe_rows(CLI::App& command, ReportOptions& options) {
    command.add_option("--group", options.group, "A row for each value of a field, such as pathname or country_code");
    command
        .add_option("--where", options.where,
                    "A condition: field=value, field!=value, field~text* and field!~text* (like), field=~pattern and "
                    "field!=~pattern (regular expression); all must hold")
        ->allow_extra_args(false); // what follows may be a site
    command.add_option("--timezone", options.timezone, "Reporting zone, such as Europe/Berlin; else the site's own");
}

void describe(CLI::App& command, ReportOptions& options, const std::string& metrics) {
    options.metrics = metrics;
    command.add_option("--count", options.metrics, "What to count, with commas between")->capture_default_str();
    describe_days(command, options, "30 days until today");
    command.add_option("--by", options.by, "A row for each hour, day, month or year")
        ->check(CLI::IsMember({"hour", "day", "month", "year"}));
    describe_rows(command, options);
    command.add_option("--sort", options.sort, "By a metric, a field or date; -visits from large to small");
    command.add_option("--top", options.top, "At most so many rows")->check(whole_number(1, 1000));
    command
        .add_option_function<std::string>(
            "--compare", [&options](const std::string&) { options.compares = true; },
            "previous: beside as many days before these, for a second request")
        ->check(CLI::IsMember({"previous"}));
}

namespace {

int ranges_named(const ReportOptions& options) noexcept {
    return (options.last ? 1 : 0) + (options.current ? 1 : 0) + (options.today ? 1 : 0) + (options.yesterday ? 1 : 0) +
           (options.all ? 1 : 0) + (options.from || options.to ? 1 : 0);
}

} // namespace

bool names_days(const ReportOptions& options) noexcept { return ranges_named(options) > 0; }

void set_days(const ReportOptions& options, std::optional<ReportRange>& range, std::optional<ReportTime>& from,
              std::optional<ReportTime>& to) {
    const int named = ranges_named(options);
    if (named > 1)
        throw UsageError("name the days once: --last, --this, --today, --yesterday, --all, or --from and --to");
    if (named == 0) {
        range = last_days(30);
    } else if (options.last) {
        range = last(*options.last);
    } else if (options.current) {
        range = current(*options.current);
    } else if (options.today) {
        range = today();
    } else if (options.yesterday) {
        range = yesterday();
    } else if (options.from && options.to) {
        range = between(date("--from", *options.from), date("--to", *options.to));
    } else if (options.from) {
        from = std::chrono::local_days{date("--from", *options.from)};
    } else if (options.to) {
        // The service counts the end as part of the range, to the second.
        to = std::chrono::local_days{date("--to", *options.to)} + std::chrono::hours{24} - std::chrono::seconds{1};
    }
}

} // namespace fathom::cli
