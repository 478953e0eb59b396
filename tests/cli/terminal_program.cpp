#include "terminal_program.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>

#if defined(__APPLE__)
#include <util.h>
#else
#include <pty.h>
#include <utmp.h>
#endif
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
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

winsize size_of(const TerminalSize& size) {
    winsize result{};
    result.ws_row = size.lines;
    result.ws_col = size.columns;
    return result;
}

} // namespace

TerminalProgram::TerminalProgram(const std::vector<std::string>& command, const std::vector<std::string>& environment,
                                 const TerminalSize& size) {
    const std::vector<char*> arguments = pointers_to(command);
    const std::vector<std::string> all_variables = with_tools(environment);
    const std::vector<char*> variables = pointers_to(all_variables);
    const winsize given = size_of(size);
    openpty(&terminal_, &other_end_, nullptr, nullptr, &given);
    tcgetattr(other_end_, &before_);
    id_ = fork();
    if (id_ == 0) {
        close(terminal_);
        login_tty(other_end_);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, SIG_DFL); // should the tests ignore it
        execve(arguments[0], arguments.data(), variables.data());
        _exit(127);
    }
}

TerminalProgram::~TerminalProgram() {
    if (!is_waited_for_) {
        ::kill(id_, SIGKILL);
        waitpid(id_, nullptr, 0);
    }
    close(terminal_);
    close(other_end_);
}

bool TerminalProgram::read_more(int milliseconds) {
    pollfd waiting{.fd = terminal_, .events = POLLIN, .revents = 0};
    if (poll(&waiting, 1, milliseconds) <= 0) return false;
    std::array<char, 4096> buffer{};
    const ssize_t count = read(terminal_, buffer.data(), buffer.size());
    if (count > 0) shown_.append(buffer.data(), static_cast<std::size_t>(count));
    return count > 0;
}

bool TerminalProgram::shows(const std::string& text) {
    const auto give_up_at = std::chrono::steady_clock::now() + std::chrono::seconds{60};
    while (shown_.find(text) == std::string::npos) {
        if (std::chrono::steady_clock::now() > give_up_at) return false;
        (void)read_more(100);
    }
    return true;
}

void TerminalProgram::type(const std::string& text) const { (void)!write(terminal_, text.data(), text.size()); }

void TerminalProgram::resize(const TerminalSize& size) {
    while (read_more(0)) continue;
    shown_.clear();
    const winsize given = size_of(size);
    ioctl(terminal_, TIOCSWINSZ, &given); // which tells the program
}

void TerminalProgram::hang_up() {
    close(terminal_);
    terminal_ = -1;
}

int TerminalProgram::wait() {
    int status = 0;
    const auto give_up_at = std::chrono::steady_clock::now() + std::chrono::seconds{60};
    while (waitpid(id_, &status, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() > give_up_at) return -1;
        (void)read_more(20);
    }
    is_waited_for_ = true;
    while (read_more(0)) continue;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

bool TerminalProgram::is_terminal_as_before() const {
    termios now{};
    tcgetattr(other_end_, &now);
    return now.c_lflag == before_.c_lflag && now.c_iflag == before_.c_iflag && now.c_oflag == before_.c_oflag;
}

TerminalRun run_in_terminal(const std::vector<std::string>& command, const std::vector<std::string>& environment,
                            unsigned short columns, const std::string& prompt, const std::string& typed) {
    TerminalProgram program(command, environment, {.columns = columns});
    if (!typed.empty() && program.shows(prompt)) program.type(typed);
    const int exit_code = program.wait();
    return {.shown = program.shown(), .exit_code = exit_code};
}

} // namespace fathom::cli
