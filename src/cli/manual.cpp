// The manual page, made of the same descriptions as --help, so that it has all commands there are.
#include <array>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

#include <fathom/version.hpp>

#include "commands.hpp"
#include "exit_code.hpp"

namespace fathom::cli {

namespace {

using Entry = std::pair<std::string_view, std::string_view>;

constexpr std::array environment{
    Entry{"FATHOM_API_KEY", "The key to use, before any that was kept."},
    Entry{"FATHOM_BASE_URL", "With FATHOM_API_KEY: the address of the API, for a proxy or the emulator."},
    Entry{"FATHOM_LOG", "info or debug: tells of each request on the standard error stream."},
    Entry{"FATHOM_REPORTS_PER_MINUTE", "How many of the ten reports a minute the runs on this machine take together."},
    Entry{"FATHOM_LIMIT_FILE", "The file by which runs share the limit, for other users and programs."},
    Entry{"NO_COLOR, CLICOLOR_FORCE",
          "No colours on a terminal; colours there in spite of NO_COLOR, and a table in a pipe, too."},
    Entry{"PAGER", "Shows tables that are longer than the terminal."},
    Entry{"COLUMNS, LINES", "The size of the terminal, where it is not as it says itself."},
};

constexpr std::array files{
    Entry{"$XDG_CONFIG_HOME/fathom/accounts.json",
          "The keys, readable for you alone. Without the variable, below ~/.config."},
    Entry{"$XDG_STATE_HOME/fathom", "What has been used of the limits. Without the variable, below ~/.local/state."},
};

constexpr std::array examples{
    Entry{"fathom auth login", "Ask for an API key, try it, and keep it."},
    Entry{"fathom report pageviews CDBUGS --last 30d --group pathname --top 10",
          "The pages of most visits in 30 days."},
    Entry{"fathom export --all-sites --by hour --group pathname -o visits.sqlite",
          "Whole histories into a database; again later, what is new."},
    Entry{"fathom report pageviews CDBUGS --this month --by day --csv > visits.csv",
          "Days of this month for a spreadsheet."},
};

/// Text in which nothing is a command of troff.
std::string roff(std::string_view text) {
    std::string safe;
    bool begins_line = true;
    for (const char c : text) {
        if (begins_line && (c == '.' || c == '\'')) safe += "\\&";
        begins_line = c == '\n';
        switch (c) {
        case '\\': safe += "\\e"; break;
        case '-': safe += "\\-"; break;
        default: safe += c;
        }
    }
    return safe;
}

void write_entry(std::ostream& out, std::string_view term, std::string_view description) {
    out << ".TP\n.B " << roff(term) << '\n' << roff(description) << '\n';
}

template <class Entries>
void write_entries(std::ostream& out, std::string_view heading, const Entries& entries) {
    out << ".SH " << heading << '\n';
    for (const auto& [term, description] : entries) write_entry(out, term, description);
}

/// What an option takes: `TEXT`, or the words to choose from.
std::string value_of(const CLI::Option& option) {
    if (option.get_items_expected_max() == 0) return {};
    const std::string type = option.get_type_name(); // TEXT:{a,b}, INT:INT in [1 - 9]
    const std::size_t colon = type.find(':');
    if (colon == std::string::npos) return " " + type;
    return " " + (type.substr(colon + 1).starts_with('{') ? type.substr(colon + 1) : type.substr(0, colon));
}

void write_options(std::ostream& out, const CLI::App& command) {
    for (const CLI::Option* option : command.get_options()) {
        if (option->get_lnames().empty() || option == command.get_help_ptr()) continue; // each command has --help
        write_entry(out, "--" + option->get_lnames().front() + value_of(*option), option->get_description());
    }
    // Groups of options are subcommands without a name.
    for (const CLI::App* part : command.get_subcommands([](const CLI::App*) { return true; })) {
        if (part->get_name().empty()) write_options(out, *part);
    }
}

/// A heading, what it does, and its options; what has commands below it is passed over for them.
void write_commands(std::ostream& out, const CLI::App& parent, const std::string& path) {
    for (const CLI::App* command : parent.get_subcommands([](const CLI::App*) { return true; })) {
        if (command->get_name().empty() || command->get_group().empty()) continue;
        const std::string name = path + command->get_name();
        if (command->get_require_subcommand_min() > 0) {
            write_commands(out, *command, name + " ");
            continue;
        }
        out << ".SS " << roff("fathom " + name);
        for (const CLI::Option* option : command->get_options()) {
            if (option->get_positional()) out << " \\fI" << roff(option->get_name(true)) << "\\fR";
        }
        out << '\n' << roff(command->get_description()) << ".\n";
        write_options(out, *command);
    }
}

void write_manual(std::ostream& out, const CLI::App& program) {
    out << R"(.TH FATHOM 1 "" "fathom )" << version << R"(" "User Commands")" << '\n'
        << ".SH NAME\nfathom \\- Fathom Analytics on the command line\n"
        << ".SH SYNOPSIS\n.B fathom\n[\\fIoptions\\fR] \\fIcommand\\fR ...\n"
        << ".SH DESCRIPTION\nAnswers what a person or a script asks of Fathom Analytics. All runs for one key on one "
           "machine share\n"
        << "its limit: a call waits for its turn. Every request is billed like one pageview.\n"
        << ".SH OPTIONS\n";
    write_entry(out, "--help", "Tell what there is. Behind a command, its options.");
    write_options(out, program);
    out << ".SH COMMANDS\n";
    write_commands(out, program, {});
    out << ".SH EXIT STATUS\n";
    for (const ExitCode code : all_exit_codes) {
        write_entry(out, std::to_string(static_cast<int>(code)), meaning_of(code));
    }
    write_entries(out, "ENVIRONMENT", environment);
    write_entries(out, "FILES", files);
    write_entries(out, "EXAMPLES", examples);
}

} // namespace

void add_manual(CLI::App& program, Session& session) {
    struct NoOptions {};
    CLI::App& manual = *add_command(
        program, session, "manual", "The manual page, for man; for installation", std::make_shared<NoOptions>(),
        [&session, &program](const NoOptions&) { write_manual(session.console.out, program); });
    manual.group(""); // not shown
}

} // namespace fathom::cli
