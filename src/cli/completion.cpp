#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "commands.hpp"
#include "exit_code.hpp"

namespace fathom::cli {

namespace {

struct CompletionOptions {
    std::string shell{};
    std::vector<std::string> words{};
};

// Each asks the program itself, so that what is completed is what there is.
constexpr std::string_view bash_script = R"sh(_fathom() {
    local IFS=$'\n'
    COMPREPLY=($(compgen -W "$(fathom complete -- "${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _fathom fathom
)sh";
constexpr std::string_view zsh_script = R"sh(#compdef fathom
_fathom() {
    local -a candidates
    candidates=(${(f)"$(fathom complete -- "${words[@]:1:$((CURRENT - 2))}" 2>/dev/null)"})
    compadd -a candidates
}
# As a file in fpath it is called when it is loaded; what eval reads is not.
if [ "$funcstack[1]" = _fathom ]; then _fathom "$@"; else compdef _fathom fathom; fi
)sh";
constexpr std::string_view fish_script =
    R"sh(complete -c fathom -f -a '(fathom complete -- (commandline -opc)[2..-1] 2>/dev/null)'
)sh";

void print_script(const Session& session, const std::string& shell) {
    if (shell == "bash") {
        session.console.out << bash_script;
    } else if (shell == "zsh") {
        session.console.out << zsh_script;
    } else {
        session.console.out << fish_script;
    }
}

/// Whether the word behind this one is what an option takes, of the command or of one that it stands below.
bool takes_next_word(const CLI::App* command, const std::string& word) {
    if (!word.starts_with('-') || word.find('=') != std::string::npos) return false;
    for (; command != nullptr; command = command->get_parent()) {
        const CLI::Option* const option = command->get_option_no_throw(word);
        if (option != nullptr) return option->get_items_expected_min() > 0;
    }
    return false;
}

/// The command that the words so far name; options and what they take are passed over.
const CLI::App& command_of(const CLI::App& program, const std::vector<std::string>& words) {
    const CLI::App* command = &program;
    bool is_value = false;
    for (const std::string& word : words) {
        if (std::exchange(is_value, !is_value && takes_next_word(command, word))) continue;
        for (const CLI::App* candidate : command->get_subcommands([](const CLI::App*) { return true; })) {
            if (candidate->get_name() == word) {
                command = candidate;
                break;
            }
        }
    }
    return *command;
}

void print_options(const CLI::App& command, std::ostream& out) {
    for (const CLI::Option* option : command.get_options()) {
        for (const std::string& name : option->get_lnames()) out << "--" << name << '\n';
    }
    // Groups of options are subcommands without a name.
    for (const CLI::App* part : command.get_subcommands([](const CLI::App*) { return true; })) {
        if (part->get_name().empty()) print_options(*part, out);
    }
}

void print_candidates(const CLI::App& program, const std::vector<std::string>& words, std::ostream& out) {
    const CLI::App& command = command_of(program, words);
    for (const CLI::App* candidate : command.get_subcommands([](const CLI::App*) { return true; })) {
        if (!candidate->get_name().empty() && !candidate->get_group().empty()) out << candidate->get_name() << '\n';
    }
    print_options(command, out);
    if (&command != &program) print_options(program, out);
}

} // namespace

void add_completion(CLI::App& program, Session& session) {
    const auto options = std::make_shared<CompletionOptions>();
    CLI::App& completion =
        *add_command(program, session, "completion", "Print what makes a shell complete the words of this program",
                     options, [&session](const CompletionOptions& given) { print_script(session, given.shell); });
    completion.add_option("SHELL", options->shell, "bash, zsh or fish")
        ->required()
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    CLI::App& complete = *add_command(program, session, "complete", "What may follow; for these scripts", options,
                                      [&session, &program](const CompletionOptions& given) {
                                          print_candidates(program, given.words, session.console.out);
                                      });
    complete.group(""); // not shown
    complete.prefix_command();
    complete.add_option("WORD", options->words, "What stands there");
}

} // namespace fathom::cli
