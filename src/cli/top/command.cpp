#include <chrono>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <fathom/async_client.hpp>

#include "../commands.hpp"
#include "../exit_code.hpp"
#include "../interruption.hpp"
#include "../shared_limit.hpp"
#include "../whole_number.hpp"
#include "lines.hpp"
#include "live.hpp"
#include "output.hpp"
#include "screen.hpp"

namespace fathom::cli {

namespace {

using namespace std::chrono_literals;

struct TopOptions {
    std::string site{};
    int every = 60;
    int longest_list = 20;
};

std::chrono::sys_seconds present() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

/// What fits onto a page of paper, where there is no terminal to fill.
constexpr ScreenSize page{.lines = 60, .columns = 80};

std::vector<Line> with_status(std::vector<Line> lines, const std::string& status, const std::string& failure,
                              std::size_t height) {
    lines.resize(std::max<std::size_t>(height, 1) - 1);
    lines.push_back({{0, status, Style::quiet}});
    if (!failure.empty()) lines.back().push_back({status.size() + 2, failure, Style::alarm});
    return lines;
}

/// As much as there is to show now.
std::vector<Line> drawn(const LivePanels& live, const Screen& screen, const TopOptions& options) {
    const ScreenSize size = screen.size();
    const ScreenSize above{.lines = size.lines - std::min<std::size_t>(size.lines, 1), .columns = size.columns};
    const std::string status = live.status(LivePanels::Clock::now(), present()) + "; q quits";
    const std::vector<Line> lines =
        live.panels() ? lines_of(*live.panels(), above, screen.glyphs())
                      : std::vector<Line>{{{0, "Asking about " + options.site + "...", Style::strong}}};
    return with_status(lines, status, live.failure(), size.lines);
}

/// Who asks, and how.
struct Asking {
    AsyncClient client;
    PanelOptions options;
};

Asking asking(const Session& session, const TopOptions& options) {
    session.refuse_dry_run();
    const StoredAccount account = session.credentials();
    PanelOptions how{.longest_list = options.longest_list};
    if (!session.timeout_seconds) how.call.timeout = deadline_of_look(shared_limit(session.console, account).limits);
    return {.client = AsyncClient(session.client(account)), .options = std::move(how)};
}

void watch_site(const Session& session, const TopOptions& options) {
    constexpr auto longest_pause = 200ms; // so often it is looked for what came, and the seconds are counted down
    const Asking ask = asking(session, options);
    LivePanels live(ask.client, SiteId(options.site), std::chrono::seconds{options.every}, ask.options);
    const Interruption interruption;
    Screen screen(session.console.has_colour ? Screen::Colours::yes : Screen::Colours::no);
    while (!Interruption::is_requested()) {
        live.go_on(LivePanels::Clock::now(), present());
        screen.show(drawn(live, screen, options));
        if (screen.wait(longest_pause) == Key::quit) return;
    }
}

void show_once(const Session& session, const TopOptions& options) {
    if (session.layout.format == Format::csv) {
        throw UsageError("`fathom top` has no table that CSV could hold; take --json, or `fathom report` with --csv");
    }
    session.require_fields(panel_fields());
    const Asking ask = asking(session, options);
    const Panels panels = read_panels(ask.client, SiteId(options.site), present(), {}, ask.options).get().value();
    const Record record = record_of_panels(panels);
    switch (session.layout.format) {
    case Format::html: session.console.out << page_of(panels); return;
    case Format::plain: session.console.out << text_of(lines_of(panels, page, Glyphs::blocks)); return;
    case Format::csv:
    case Format::json:
    case Format::json_lines: break;
    }
    Listing listing{.columns = {}, .records = {record}, .is_single = true};
    for (const auto& [name, value] : record.items()) listing.columns.push_back(name);
    session.show(listing);
}

void show_top(const Session& session, const TopOptions& options) {
    const bool is_live = session.console.is_terminal() && session.console.can_ask;
    if (is_live && session.layout.format == Format::plain) return watch_site(session, options);
    show_once(session, options);
}

} // namespace

void add_top(CLI::App& program, Session& session) {
    const auto options = std::make_shared<TopOptions>();
    CLI::App& command = *add_command(
        program, session, "top", "Show a site live: visitors now, today beside last week, pages, referrers, countries",
        options, [&session](const TopOptions& given) { show_top(session, given); });
    add_site_argument(command, options->site);
    command
        .add_option("--every", options->every,
                    "Seconds between two looks, each of which is " + std::to_string(requests_of_next_look) +
                        " requests")
        ->check(whole_number(30, 86'400))
        ->capture_default_str();
    command.add_option("--top", options->longest_list, "Longest list")
        ->check(whole_number(1, 1000))
        ->capture_default_str();
}

} // namespace fathom::cli
