#include <algorithm>
#include <chrono>
#include <exception>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <ostream>
#include <random>
#include <string>
#include <system_error>
#include <tuple>
#include <utility>
#include <vector>

#include <fathom/sites.hpp>

#include "../commands.hpp"
#include "../exit_code.hpp"
#include "../interruption.hpp"
#include "../report_options.hpp"
#include "forecast.hpp"
#include "progress_line.hpp"
#include "run.hpp"
#include "store.hpp"
#include "times.hpp"

namespace fathom::cli {

namespace {

struct ExportOptions {
    std::vector<std::string> sites{};
    bool all_sites = false;
    std::vector<std::string> events{};
    ReportOptions report{}; ///< Days, metrics, grouping, conditions and zone.
    std::string output{};
    std::optional<std::string> format{};
};

ExportQuestion asked_question(const ExportOptions& options) {
    for (const std::string& condition : options.report.where) std::ignore = filter(condition); // which checks it
    const bool is_about_events = !options.events.empty();
    const char* const all = is_about_events ? "conversions,unique_conversions,value" : "visits,uniques,pageviews";
    return {.is_about_events = is_about_events,
            .by = grouping_named(options.report.by.value()),
            .metrics = parts_of(options.report.metrics.empty() ? all : options.report.metrics),
            .fields = parts_of(options.report.group),
            .where = options.report.where,
            .timezone = options.report.timezone};
}

std::vector<std::string> sites_of(const Client& client, const ExportOptions& options) {
    if (!options.all_sites) return options.sites;
    std::vector<std::string> sites;
    for (const auto& site : client.sites().list()) sites.push_back(site.value().id.str());
    return sites;
}

/// Each once, in the order in which they are named.
std::vector<ExportSubject> subjects_of(const Client& client, const ExportOptions& options) {
    std::vector<ExportSubject> subjects;
    const auto add = [&](ExportSubject subject) {
        if (std::ranges::find(subjects, subject) == subjects.end()) subjects.push_back(std::move(subject));
    };
    for (const std::string& site : sites_of(client, options)) {
        if (options.events.empty()) add({.site = site});
        for (const std::string& event : options.events) add({.site = site, .event = event});
    }
    return subjects;
}

ExportSettings settings_of(const Session& session, const ExportOptions& options) {
    ExportSettings settings{.question = asked_question(options), .days = options.report, .now = [] {
                                return std::chrono::system_clock::now();
                            }};
    if (session.timeout_seconds) {
        settings.call.timeout = std::chrono::seconds{*session.timeout_seconds};
    } else { // as histories do by themselves
        settings.call.timeout = std::chrono::minutes{15};
        settings.call.retry = RetryPolicy{
            .max_attempts = 1'000, .base_delay = std::chrono::seconds{1}, .max_delay = std::chrono::seconds{60}};
    }
    return settings;
}

Listing listing_of(const std::vector<ExportedHistory>& histories, bool is_about_events) {
    Listing listing{.columns = {"site_id", "event", "rows", "from", "until", "requests"}};
    if (!is_about_events) listing.columns.erase(listing.columns.begin() + 1);
    for (const ExportedHistory& history : histories) {
        Record& record = listing.records.emplace_back(Record{{"site_id", history.subject.site}});
        if (is_about_events) record["event"] = history.subject.event;
        record["rows"] = history.rows;
        if (history.place) {
            record["from"] = text_of(history.place->begin);
            record["until"] = text_of(history.place->until);
        }
        record["requests"] = history.requests;
    }
    return listing;
}

bool was_cancelled(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const Exception& exception) {
        return exception.error().kind == ErrorKind::cancelled;
    } catch (...) {
        return false;
    }
}

/// How a run ended that was not interrupted.
struct Outcome {
    std::optional<ExitCode> code{}; ///< Of the first that failed.
    bool may_go_on = true;          ///< Nothing but the passing of time is needed.
};

bool passes_by_itself(ExitCode code) { return code == ExitCode::limited || code == ExitCode::no_network; }

Outcome tell_failures(const Session& session, const std::vector<ExportedHistory>& histories) {
    Outcome outcome;
    const bool has_changed = std::ranges::any_of(histories, [](const auto& history) { return history.rows > 0; });
    for (const ExportedHistory& history : histories) {
        if (!history.failure || was_cancelled(history.failure)) continue;
        const auto tell = [&](ExitCode of_this, const std::string& text) {
            session.say("fathom: " + name_of(history.subject) + ": " + text);
            if (of_this == ExitCode::usage && has_changed)
                of_this = ExitCode::failed; // that code says: nothing was changed
            if (!outcome.code) outcome.code = of_this;
            outcome.may_go_on = outcome.may_go_on && passes_by_itself(of_this);
        };
        try {
            std::rethrow_exception(history.failure);
        } catch (const Exception& exception) {
            tell(exit_code_of(exception.error()), explanation_of(exception.error()));
        } catch (const UsageError& error) {
            tell(ExitCode::usage, error.what());
        } catch (const std::exception& problem) {
            tell(ExitCode::failed, problem.what());
        }
    }
    return outcome;
}

/// Before requests are made whose answers could not be kept.
void try_writing(const std::filesystem::path& file) {
    std::filesystem::path draft = file;
    draft += ".try" + std::to_string(std::random_device()()); // no file of anybody's
    const bool is_writable = std::ofstream(draft).good();
    std::error_code is_not_there;
    std::filesystem::remove(draft, is_not_there);
    const bool can_be_added_to = !std::filesystem::exists(file) || std::ofstream(file, std::ios::app).good();
    if (!is_writable || !can_be_added_to) throw UsageError("--output: " + file.string() + " cannot be written");
}

void refuse_unfit(const std::filesystem::path& file) {
    const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    if (!std::filesystem::is_directory(folder)) throw UsageError("--output: there is no folder " + folder.string());
    if (std::filesystem::exists(file) && !std::filesystem::is_regular_file(file)) {
        throw UsageError("--output: " + file.string() + " is no file that can be added to");
    }
}

/// Until the first rows come there may be no file, or an empty one.
bool holds_anything(const std::filesystem::path& file) {
    return std::filesystem::exists(file) && !std::filesystem::is_empty(file);
}

void export_histories(const Session& session, const ExportOptions& options) {
    if (options.sites.empty() && !options.all_sites) throw UsageError("name sites by their ids, or --all-sites");
    if (std::ranges::any_of(options.events, &std::string::empty)) throw UsageError("--event: name an event");
    const ExportSettings settings = settings_of(session, options);
    const std::filesystem::path file = options.output;
    refuse_unfit(file);
    const auto store = open_store(export_format(options.format, file), file, settings.question);
    const bool is_about_events = settings.question.is_about_events;
    session.require_fields(session.may_only_tell ? forecast_columns(is_about_events)
                                                 : listing_of({}, is_about_events).columns);
    const Client client = session.client(session.credentials());
    if (!session.may_only_tell) {
        try_writing(file);
        store->prepare();
    }
    const std::vector<ExportSubject> subjects = subjects_of(client, options);
    if (session.may_only_tell) {
        const std::vector<ForecastHistory> histories = forecast(client, *store, settings, subjects);
        return show_forecast(session, histories, client.quota());
    }

    const Interruption interruption;
    ProgressLine line(session.console.err, session.console.error_width);
    const auto histories = ExportRun(client, *store, settings).run(subjects, [&](const HistoryProgress& progress) {
        line.show(progress, ProgressLine::Clock::now());
        return !Interruption::is_requested();
    });
    line.clear();
    session.show(listing_of(histories, settings.question.is_about_events));
    const Outcome outcome = tell_failures(session, histories);
    if (Interruption::is_requested()) {
        const std::string state =
            holds_anything(file) ? options.output + " has all that came until now." : "nothing has come yet.";
        session.say("fathom: interrupted; " + state + " Run the same command again to go on.");
        throw EndedWith(ExitCode::interrupted);
    }
    if (!outcome.code) return;
    if (holds_anything(file)) {
        session.say("What has come is in " + options.output + "." +
                    (outcome.may_go_on ? " Run the same command again to go on." : ""));
    }
    throw EndedWith(*outcome.code);
}

} // namespace

void add_export(CLI::App& program, Session& session) {
    const auto options = std::make_shared<ExportOptions>();
    options->report.by = "day";
    CLI::App& command =
        *add_command(program, session, "export", "Copy whole histories into a file, and later what is new", options,
                     [&session](const ExportOptions& given) { export_histories(session, given); });
    auto* const sites = command.add_option("SITE", options->sites, "Ids of sites")->check(fault_of_site);
    command.add_flag("--all-sites", options->all_sites, "All that the key reaches")->excludes(sites);
    command
        .add_option("-o,--output", options->output,
                    "The file: .sqlite or .db, .csv or .jsonl; where it is there, it is added to")
        ->required();
    command.add_option("--format", options->format, "What the file is, whatever its ending")
        ->check(CLI::IsMember({"sqlite", "csv", "jsonl"}));
    command
        .add_option("--event", options->events,
                    "The conversions of an event, by its name, in place of pageviews; may be repeated")
        ->allow_extra_args(false); // what follows may be a site
    command.add_option("--count", options->report.metrics,
                       "What to count, with commas between; else visits,uniques,pageviews, and of events "
                       "conversions,unique_conversions,value");
    command.add_option("--by", options->report.by, "A row for each hour, day or month")
        ->check(CLI::IsMember({"hour", "day", "month"}))
        ->capture_default_str();
    describe_rows(command, options->report);
    describe_days(command, options->report, "from the first visit until now");
}

} // namespace fathom::cli
