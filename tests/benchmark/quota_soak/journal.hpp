/// @file
/// What the processes tell of their attempts, so that nothing is lost when one of them is killed.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <sys/types.h>

namespace fathom {

/// One attempt that has ended.
struct JournalEntry {
    using TimePoint = std::chrono::steady_clock::time_point;

    pid_t process = 0;
    TimePoint came_at{}; ///< When the call was made.
    TimePoint sent_at{};
    int status = 0; ///< 0 without an answer.
};

/// Appends lines to a file; several processes may.
class JournalWriter {
public:
    explicit JournalWriter(const std::string& path);

    void append(const JournalEntry& entry);

private:
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
};

/// All lines that are whole.
[[nodiscard]] std::vector<JournalEntry> read_journal(const std::string& path);

/// A time in which a process was stopped.
struct Stop {
    pid_t process = 0;
    JournalEntry::TimePoint from{};
    JournalEntry::TimePoint until{};
};

/// In which order the calls were served.
struct Fairness {
    std::size_t calls = 0;
    /// Those that had to see one served first which came more than a moment later, while their own process was running.
    std::size_t overtaken = 0;
    std::chrono::nanoseconds longest_wait{0};
};

[[nodiscard]] Fairness fairness(const std::vector<JournalEntry>& entries, const std::vector<Stop>& stops);

} // namespace fathom
