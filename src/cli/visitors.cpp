#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <fathom/current_visitors.hpp>

#include "commands.hpp"
#include "exit_code.hpp"
#include "whole_number.hpp"

namespace fathom::cli {

namespace {

struct VisitorOptions {
    std::string site{};
    bool by_page = false;
    bool by_referrer = false;
    int every = 0;
};

std::vector<std::string> columns_of(const VisitorOptions& options) {
    if (options.by_page) return {"pathname", "hostname", "total"};
    if (options.by_referrer) return {"referrer", "referrer_hostname", "referrer_pathname", "total"};
    return {"total"};
}

void show_pages(const Session& session, const CurrentVisitors& visitors) {
    Listing listing{.columns = columns_of({.by_page = true}), .bar_of = "total"};
    for (const CurrentPage& page : visitors.content) listing.records.push_back(record_of(page));
    session.show(listing);
}

void show_referrers(const Session& session, const CurrentVisitors& visitors) {
    Listing listing{.columns = columns_of({.by_referrer = true}), .bar_of = "total"};
    for (const CurrentReferrer& referrer : visitors.referrers) listing.records.push_back(record_of(referrer));
    session.show(listing);
}

void show_total(const Session& session, const CurrentVisitors& visitors) {
    session.show({.columns = {"total"}, .records = {{{"total", visitors.total}}}, .is_single = true});
}

void show_visitors(const Session& session, const Client& client, const VisitorOptions& options) {
    const SiteId site(options.site);
    if (options.by_page) return show_pages(session, client.current_visitors().detailed(site).value());
    if (options.by_referrer) return show_referrers(session, client.current_visitors().detailed(site).value());
    show_total(session, client.current_visitors().get(site).value());
}

void watch_visitors(Session& session, const VisitorOptions& options) {
    session.require_fields(columns_of(options));
    const bool is_one_document = session.layout.format == Format::json || session.layout.format == Format::html;
    if (options.every > 0 && is_one_document) throw UsageError("--watch never ends: take --jsonl or --csv");
    const Client client = session.client();
    show_visitors(session, client, options);
    session.layout.is_continued = true;
    // Where nobody can read what comes, no more requests are made.
    while (options.every > 0 && session.console.out.flush()) {
        std::this_thread::sleep_for(std::chrono::seconds{options.every});
        show_visitors(session, client, options);
    }
}

} // namespace

void add_visitors(CLI::App& program, Session& session) {
    const auto options = std::make_shared<VisitorOptions>();
    CLI::App& command = *add_command(program, session, "visitors", "Tell how many visitors are on a site now", options,
                                     [&session](const VisitorOptions& given) { watch_visitors(session, given); });
    add_site_argument(command, options->site);
    auto* const pages = command.add_flag("--pages", options->by_page, "By page");
    command.add_flag("--referrers", options->by_referrer, "By where they came from")->excludes(pages);
    command
        .add_option("--watch", options->every,
                    "Again and again, so many seconds apart, until Ctrl-C; each time is a request")
        ->check(whole_number(6, 86'400))
        ->expected(0, 1)
        ->default_str("60");
}

} // namespace fathom::cli
