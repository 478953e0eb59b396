#include <string>
#include <vector>

#include "commands.hpp"
#include "exit_code.hpp"

namespace fathom::cli {

void add_emulator(CLI::App& program, Session& session) {
    CLI::App& command = *program.add_subcommand("emulator", "Start a service of your own to try things with");
    // All that follows is for the emulator, its --help too.
    command.set_help_flag();
    command.fallthrough(false);
    command.prefix_command();
    command.callback([&session, &command] {
        session.action = [&session, arguments = command.remaining()] {
            session.console.become("fathom-emulator", arguments);
            throw UsageError("fathom-emulator is not in PATH: it is installed with the library's component testing");
        };
    });
}

} // namespace fathom::cli
