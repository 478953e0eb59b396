#include "terminal.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "pager.hpp"

#if defined(_WIN32)
#include <io.h>
#include <process.h>
#include <windows.h>
#else
#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#endif

namespace fathom::cli {

namespace {

std::optional<std::string> variable(const char* name) {
    const char* const value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): nothing here sets one
    if (value == nullptr || *value == '\0') return std::nullopt;
    return value;
}

/// Asked when nothing shows any more: who sees the prompt may type.
std::string answer_to(const std::string& prompt) {
    std::cerr << prompt << std::flush;
    std::string line;
    std::getline(std::cin, line);
    std::cerr << '\n';
    return line;
}

struct Size {
    std::size_t columns = 80;
    std::size_t lines = 24;
};

#if defined(_WIN32)

enum Stream : int { input, output, error }; // as the runtime numbers them

bool is_terminal(Stream stream) { return _isatty(stream) != 0; }

Size terminal_size(Stream stream) {
    const DWORD name = stream == error ? STD_ERROR_HANDLE : STD_OUTPUT_HANDLE;
    CONSOLE_SCREEN_BUFFER_INFO info{};
    if (GetConsoleScreenBufferInfo(GetStdHandle(name), &info) == 0) return {};
    return {.columns = static_cast<std::size_t>(info.srWindow.Right - info.srWindow.Left + 1),
            .lines = static_cast<std::size_t>(info.srWindow.Bottom - info.srWindow.Top + 1)};
}

void replace_process(const char* name, const char* const* arguments) {
    const auto ended = _spawnvp(_P_WAIT, name, arguments); // to replace it would give the prompt back at once
    if (ended >= 0) std::exit(static_cast<int>(ended));    // NOLINT(concurrency-mt-unsafe): no other thread is left
}

std::string read_hidden(const std::string& prompt) {
    const HANDLE input = GetStdHandle(STD_INPUT_HANDLE);
    DWORD before = 0;
    GetConsoleMode(input, &before);
    SetConsoleMode(input, before & ~static_cast<DWORD>(ENABLE_ECHO_INPUT));
    std::string line = answer_to(prompt);
    SetConsoleMode(input, before);
    return line;
}

#else

enum Stream : int { input = STDIN_FILENO, output = STDOUT_FILENO, error = STDERR_FILENO };

bool is_terminal(Stream stream) { return isatty(stream) == 1; }

Size terminal_size(Stream stream) {
    winsize size{};
    if (ioctl(stream, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return {};
    return {.columns = size.ws_col, .lines = size.ws_row};
}

void replace_process(const char* name, const char* const* arguments) {
    execvp(name, const_cast<char* const*>(arguments)); // NOLINT(cppcoreguidelines-pro-type-const-cast): as C has it
}

/// As the terminal was before anything was hidden; for the handler of a signal.
termios shown_terminal{};

/// Gives the terminal back as it was, and lets the signal do what it does.
void end_hiding(int signal) {
    tcsetattr(STDIN_FILENO, TCSANOW, &shown_terminal);
    ::raise(signal); // its handler is gone, see SA_RESETHAND
}

/// What is typed is not shown while it lives; nor is it hidden from whoever uses the terminal next, however the program ends.
class Hidden {
public:
    Hidden() : is_on_(tcgetattr(STDIN_FILENO, &shown_terminal) == 0) {
        if (!is_on_) return;
        struct sigaction handling{};
        handling.sa_handler = end_hiding;
        handling.sa_flags = static_cast<int>(SA_RESETHAND | SA_NODEFER);
        for (std::size_t i = 0; i < signals.size(); ++i) {
            ::sigaction(signals[i], nullptr, &before_[i]);
            const bool is_left_alone = before_[i].sa_handler == SIG_IGN; // by nohup, or a script
            if (!is_left_alone) ::sigaction(signals[i], &handling, nullptr);
        }
        termios hidden = shown_terminal;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    Hidden(const Hidden&) = delete;
    Hidden& operator=(const Hidden&) = delete;
    ~Hidden() {
        if (!is_on_) return;
        tcsetattr(STDIN_FILENO, TCSADRAIN, &shown_terminal);
        for (std::size_t i = 0; i < signals.size(); ++i) ::sigaction(signals[i], &before_[i], nullptr);
    }

private:
    static constexpr std::array<int, 4> signals{SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    const bool is_on_;
    std::array<struct sigaction, signals.size()> before_{};
};

std::string read_hidden(const std::string& prompt) {
    const Hidden hidden;
    return answer_to(prompt);
}

#endif

/// What a person or a test sets goes before what the terminal says.
std::size_t size_by(const char* name, std::size_t of_terminal) {
    const auto text = variable(name);
    std::size_t value = 0;
    if (text) std::from_chars(text->data(), text->data() + text->size(), value);
    return value > 0 ? value : of_terminal;
}

/// Of what is none, no columns and no lines.
Size size_of(Stream stream) {
    if (!is_terminal(stream)) return {0, 0};
    const Size size = terminal_size(stream);
    return {size_by("COLUMNS", std::max<std::size_t>(size.columns, 20)), size_by("LINES", size.lines)};
}

void become(const std::string& name, const std::vector<std::string>& arguments) {
    std::vector<const char*> all{name.c_str()};
    for (const std::string& argument : arguments) all.push_back(argument.c_str());
    all.push_back(nullptr);
    std::cout.flush();
    replace_process(name.c_str(), all.data());
}

} // namespace

#if defined(_WIN32)

void keep_closed_streams_closed() {}

#else

// What opens a file gets the lowest number that is free, and so that of the stream, since those below are open by then.
void keep_closed_streams_closed() {
    for (const Stream stream : {input, output, error}) {
        if (fcntl(stream, F_GETFD) >= 0) continue;
        static_cast<void>(open("/dev/null", stream == input ? O_WRONLY : O_RDONLY)); // neither reads nor writes work
    }
}

#endif

Console standard_console() {
    const Size size = size_of(output);
    return {.in = std::cin,
            .out = std::cout,
            .err = std::cerr,
            .width = size.columns,
            .height = size.lines,
            .error_width = size_of(error).columns,
            .has_colour = variable("CLICOLOR_FORCE") || (is_terminal(output) && !variable("NO_COLOR")),
            .can_ask = is_terminal(input),
            .read_hidden = read_hidden,
            .page = show_in_pager,
            .become = become,
            .keyring = desktop_keyring(),
            .variable = variable};
}

} // namespace fathom::cli
