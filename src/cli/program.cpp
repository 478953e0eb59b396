#include "program.hpp"

#include <algorithm>
#include <exception>
#include <ostream>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <fathom/version.hpp>

#include "commands.hpp"
#include "dry_run.hpp"
#include "exit_code.hpp"
#include "session.hpp"
#include "whole_number.hpp"
#include "words.hpp"

namespace fathom::cli {

namespace {

void describe_output(CLI::App& program, Session& session) {
    auto& formats = *program.add_option_group("Output", "A table on a terminal, else lines with tabs");
    const auto choose_fields = [&session](const std::string& names) { session.layout.fields = parts_of(names); };
    // A flag that takes a value behind an equals sign: what stands behind a space is the command's.
    const auto add = [&](const std::string& name, Format format, const std::string& description) {
        formats.add_flag(name)
            ->description(description)
            ->each([&session, choose_fields, format](const std::string& fields) {
                session.layout.format = format;
                if (fields != "true") choose_fields(fields);
            });
    };
    add("--json", Format::json, "JSON; --json=name,id for those members alone, as in the other forms");
    add("--jsonl", Format::json_lines, "JSON Lines: a record a line");
    add("--csv", Format::csv, "CSV, with the names in the first line");
    add("--html", Format::html, "A page with a chart, in one file");
    formats.require_option(0, 1);
    program.add_option_function<std::string>("--fields", choose_fields, "Only these members, with commas between");
}

/// Why a text can name no key; nothing where it can.
std::string fault_of_account(const std::string& name) {
    if (name.empty()) return "is empty; leave the option away for the account default";
    try {
        std::ignore = nlohmann::json(name).dump(); // as it will be kept
        return {};
    } catch (const nlohmann::json::exception&) {
        return "is not valid UTF-8";
    }
}

void describe_session(CLI::App& program, Session& session) {
    program.add_option("--account", session.account, "The key to use, by the name that `auth login` gave it")
        ->check(fault_of_account)
        ->capture_default_str();
    program
        .add_option("--timeout", session.timeout_seconds,
                    "Longest that a call may take, in seconds; else 120, of mcp 50, of export 900")
        ->check(whole_number(1, 86'400));
    program.add_flag("--dry-run", session.may_only_tell,
                     "Tell what would be created, changed or destroyed, and send nothing");
    program.add_flag("--yes", session.is_agreed, "Do not ask before something is destroyed");
}

void describe(CLI::App& program, Session& session) {
    program.name("fathom");
    program.set_version_flag("--version", "fathom " + std::string(version));
    program.require_subcommand(1);
    program.fallthrough();
    describe_session(program, session);
    describe_output(program, session);
    add_auth(program, session);
    add_sites(program, session);
    add_events(program, session);
    add_milestones(program, session);
    add_report(program, session);
    add_visitors(program, session);
    add_export(program, session);
    add_quota(program, session);
    add_raw(program, session);
    add_emulator(program, session);
    add_mcp(program, session);
    add_top(program, session);
    add_exporter(program, session);
    add_completion(program, session);
    add_manual(program, session);
}

/// `--sort -visits`: a value that begins like an option has to stand behind an equals sign.
std::vector<std::string> with_sort_joined(std::vector<std::string> arguments) {
    for (std::size_t i = 0; i + 1 < arguments.size(); ++i) {
        if (arguments[i] != "--sort" || !arguments[i + 1].starts_with('-')) continue;
        arguments[i] += "=" + arguments[i + 1];
        arguments.erase(arguments.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    }
    return arguments;
}

/// The command line, without what may be a secret.
std::string title_of(const std::vector<std::string>& arguments) {
    std::string title = "fathom";
    bool is_secret = false;
    for (const std::string& argument : arguments) {
        const std::string option = argument.substr(0, argument.find('='));
        const bool holds_secret = option == "--password" || option == "--data";
        title.append(" ").append(is_secret ? "***" : holds_secret ? option : argument);
        is_secret = !is_secret && holds_secret && option == argument;
    }
    return title;
}

ExitCode complain(Console& console, ExitCode code, const std::string& text) {
    console.out.flush();
    console.err << "fathom: " << text << '\n';
    return code;
}

/// How the program ends that has said all.
ExitCode done(Console& console) {
    console.out.flush();
    return console.out ? ExitCode::done : complain(console, ExitCode::failed, "the output could not be written");
}

ExitCode perform(const Session& session) {
    try {
        session.action();
        return done(session.console);
    } catch (const EndedWith& ended) {
        return ended.code();
    } catch (const UsageError& error) {
        return complain(session.console, ExitCode::usage, error.what());
    } catch (const Exception& failed) {
        const Error& error = failed.error();
        if (session.may_only_tell && error.message == only_told) return ExitCode::done;
        return complain(session.console, exit_code_of(error), explanation_of(error));
    } catch (const std::exception& problem) {
        return complain(session.console, ExitCode::failed, problem.what());
    }
}

} // namespace

ExitCode run(std::vector<std::string> arguments, Console& console) {
    CLI::App program{"Fathom Analytics on the command line"};
    Session session(console);
    session.layout.title = title_of(arguments);
    describe(program, session);
    arguments = with_sort_joined(std::move(arguments));
    std::ranges::reverse(arguments); // as the parser takes a vector
    try {
        program.parse(std::move(arguments));
    } catch (const CLI::RequiredError& error) {
        // What stands in the place of a command that is missing says more than that one is missing.
        const auto unknown = program.remaining(true);
        if (!unknown.empty() && std::string_view(error.what()) == "A subcommand is required") {
            return complain(console, ExitCode::usage,
                            unknown.front() + " is no command; `fathom --help` lists those that there are");
        }
        program.exit(error, console.out, console.err);
        return ExitCode::usage;
    } catch (const CLI::ParseError& error) {
        const int code = program.exit(error, console.out, console.err);
        return code == 0 ? done(console) : ExitCode::usage;
    }
    return perform(session);
}

} // namespace fathom::cli
