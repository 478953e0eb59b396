#include "terminal.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>

#if defined(_WIN32)
#include <io.h>
#include <windows.h>
#else
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

#if defined(_WIN32)

bool is_input_terminal() { return _isatty(0) != 0; }
bool is_output_terminal() { return _isatty(1) != 0; }

std::size_t terminal_width() {
    CONSOLE_SCREEN_BUFFER_INFO info{};
    if (GetConsoleScreenBufferInfo(GetStdHandle(STD_OUTPUT_HANDLE), &info) == 0) return 80;
    return static_cast<std::size_t>(info.srWindow.Right - info.srWindow.Left + 1);
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

bool is_input_terminal() { return isatty(STDIN_FILENO) == 1; }
bool is_output_terminal() { return isatty(STDOUT_FILENO) == 1; }

std::size_t terminal_width() {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
    return size.ws_col;
}

std::string read_hidden(const std::string& prompt) {
    termios before{};
    const bool can_hide = tcgetattr(STDIN_FILENO, &before) == 0;
    if (can_hide) {
        termios hidden = before;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    std::string line = answer_to(prompt);
    if (can_hide) tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
    return line;
}

#endif

/// What a person or a test sets goes before what the terminal says.
std::size_t width() {
    if (const auto columns = variable("COLUMNS")) {
        std::size_t value = 0;
        std::from_chars(columns->data(), columns->data() + columns->size(), value);
        if (value > 0) return value;
    }
    return std::max<std::size_t>(terminal_width(), 20);
}

} // namespace

Console standard_console() {
    const bool is_terminal = is_output_terminal();
    return {.in = std::cin,
            .out = std::cout,
            .err = std::cerr,
            .width = is_terminal ? width() : 0,
            .has_colour = variable("CLICOLOR_FORCE") || (is_terminal && !variable("NO_COLOR")),
            .can_ask = is_input_terminal(),
            .read_hidden = read_hidden,
            .variable = variable};
}

} // namespace fathom::cli
