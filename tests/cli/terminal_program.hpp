/// @file
/// A program that draws on a terminal of its own while a test looks and types.
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>
#include <termios.h>

namespace fathom::cli {

/// Of a terminal.
struct TerminalSize {
    unsigned short lines = 24;
    unsigned short columns = 80;
};

class TerminalProgram {
public:
    /// @param environment NAME=VALUE, all there is
    TerminalProgram(const std::vector<std::string>& command, const std::vector<std::string>& environment,
                    const TerminalSize& size);
    TerminalProgram(const TerminalProgram&) = delete;
    TerminalProgram& operator=(const TerminalProgram&) = delete;
    ~TerminalProgram();

    [[nodiscard]] pid_t id() const noexcept { return id_; }
    /// Reads what it writes until that text has come since the last resize; at most 60 s.
    [[nodiscard]] bool shows(const std::string& text);
    void type(const std::string& text) const;
    /// Forgets what it has shown, and gives its terminal another size.
    void resize(const TerminalSize& size);
    /// As when its window is closed.
    void hang_up();
    /// Reads until it ends. @return its exit code; -1 where a signal ended it
    [[nodiscard]] int wait();
    /// All that it has shown since the last resize.
    [[nodiscard]] const std::string& shown() const noexcept { return shown_; }
    /// Whether lines are edited and typed text shows, as before the program began.
    [[nodiscard]] bool is_terminal_as_before() const;

private:
    [[nodiscard]] bool read_more(int milliseconds);

    int terminal_ = -1;
    int other_end_ = -1; // which keeps the terminal when the program has ended
    pid_t id_ = 0;
    bool is_waited_for_ = false;
    termios before_{};
    std::string shown_{};
};

/// What a program wrote to its terminal, and how it ended.
struct TerminalRun {
    std::string shown{}; ///< Of both streams, with what the terminal echoed; lines end with "\r\n".
    int exit_code = -1;
};

/// Runs it to its end in a terminal of so many columns; `typed` is typed when `prompt` has appeared.
/// @param environment NAME=VALUE, all there is
[[nodiscard]] TerminalRun run_in_terminal(const std::vector<std::string>& command,
                                          const std::vector<std::string>& environment, unsigned short columns,
                                          const std::string& prompt = {}, const std::string& typed = {});

} // namespace fathom::cli
