#include "pseudo_terminal.hpp"

#include <array>
#include <cerrno>

#if defined(__APPLE__)
#include <util.h>
#else
#include <pty.h>
#endif
#include <sys/wait.h>
#include <unistd.h>

#include "program_environment.hpp"

namespace fathom::cli {

namespace {

std::vector<char*> pointers_to(const std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (const std::string& text : texts)
        pointers.push_back(const_cast<char*>(text.c_str())); // NOLINT: as execve wants
    pointers.push_back(nullptr);
    return pointers;
}

} // namespace

TerminalRun run_in_terminal(const std::vector<std::string>& command, const std::vector<std::string>& environment,
                            unsigned short columns, const std::string& prompt, const std::string& typed) {
    const std::vector<std::string> all_variables = with_tools(environment);
    const std::vector<char*> arguments = pointers_to(command);
    const std::vector<char*> variables = pointers_to(all_variables);
    winsize size{};
    size.ws_row = 24;
    size.ws_col = columns;
    int terminal = -1;
    const pid_t child = forkpty(&terminal, nullptr, nullptr, &size);
    if (child == 0) {
        execve(arguments[0], arguments.data(), variables.data());
        _exit(127);
    }
    TerminalRun run;
    bool is_typed = typed.empty();
    std::array<char, 4096> buffer{};
    while (child > 0) {
        const ssize_t count = read(terminal, buffer.data(), buffer.size()); // fails when the program has ended
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        run.shown.append(buffer.data(), static_cast<std::size_t>(count));
        if (!is_typed && run.shown.find(prompt) != std::string::npos) {
            is_typed = write(terminal, typed.data(), typed.size()) == static_cast<ssize_t>(typed.size());
        }
    }
    int status = 0;
    if (child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status)) run.exit_code = WEXITSTATUS(status);
    close(terminal);
    return run;
}

} // namespace fathom::cli
