/// @file
/// The commands. Each function adds one with its subcommands; what they do is set as Session::action.
#pragma once

#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "session.hpp"

namespace fathom::cli {

void add_auth(CLI::App& program, Session& session);
void add_sites(CLI::App& program, Session& session);
void add_events(CLI::App& program, Session& session);
void add_milestones(CLI::App& program, Session& session);
void add_report(CLI::App& program, Session& session);
void add_visitors(CLI::App& program, Session& session);
void add_export(CLI::App& program, Session& session);
void add_quota(CLI::App& program, Session& session);
void add_mcp(CLI::App& program, Session& session);
void add_raw(CLI::App& program, Session& session);
void add_top(CLI::App& program, Session& session);
void add_exporter(CLI::App& program, Session& session);
void add_completion(CLI::App& program, Session& session);
void add_emulator(CLI::App& program, Session& session);
void add_manual(CLI::App& program, Session& session);

/// A command with options of its own, which live as long as the program. The action gets them when all are read.
template <class Options, class Action>
CLI::App* add_command(CLI::App& group, Session& session, const std::string& name, const std::string& description,
                      const std::shared_ptr<Options>& options, Action action) {
    CLI::App* const command = group.add_subcommand(name, description);
    command->callback([&session, options, action] { session.action = [options, action] { action(*options); }; });
    return command;
}

/// Why a text is no id of a site; nothing where it may be one.
inline std::string fault_of_site(const std::string& text) {
    return text.empty() ? "is empty; `fathom sites list` shows the ids" : "";
}

/// The site that a command is about.
inline void add_site_argument(CLI::App& command, std::string& site) {
    command.add_option("SITE", site, "Id of the site")->required()->check(fault_of_site);
}

/// A command that other commands stand below.
inline CLI::App* add_group(CLI::App& program, const std::string& name, const std::string& description) {
    CLI::App* const group = program.add_subcommand(name, description);
    group->require_subcommand(1);
    return group;
}

} // namespace fathom::cli
