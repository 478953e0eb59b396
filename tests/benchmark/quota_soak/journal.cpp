#include "journal.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace fathom {

namespace {

using std::chrono::milliseconds;
using TimePoint = JournalEntry::TimePoint;

/// So much may pass between the call and the moment at which others know of it, and between two that go at once.
constexpr milliseconds moment{1'000};

/// One that goes on after a stop needs a moment to see what has happened.
constexpr milliseconds recovery{500};

bool is_stopped(pid_t process, TimePoint time, const std::vector<Stop>& stops) {
    return std::ranges::any_of(stops, [&](const Stop& stop) {
        return stop.process == process && stop.from <= time && time <= stop.until + recovery;
    });
}

} // namespace

JournalWriter::JournalWriter(const std::string& path) : file_(std::fopen(path.c_str(), "a"), &std::fclose) {
    if (!file_) throw std::runtime_error("cannot write " + path);
}

void JournalWriter::append(const JournalEntry& entry) {
    std::ostringstream line;
    line << entry.process << ' ' << entry.came_at.time_since_epoch().count() << ' '
         << entry.sent_at.time_since_epoch().count() << ' ' << entry.status << '\n';
    std::fputs(line.str().c_str(), file_.get());
    std::fflush(file_.get()); // one write, so that lines do not mix
}

std::vector<JournalEntry> read_journal(const std::string& path) {
    std::vector<JournalEntry> entries;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        JournalEntry entry;
        TimePoint::rep came_at = 0;
        TimePoint::rep sent_at = 0;
        if (!(words >> entry.process >> came_at >> sent_at >> entry.status)) continue;
        entry.came_at = TimePoint(TimePoint::duration(came_at));
        entry.sent_at = TimePoint(TimePoint::duration(sent_at));
        entries.push_back(entry);
    }
    return entries;
}

Fairness fairness(const std::vector<JournalEntry>& entries, const std::vector<Stop>& stops) {
    Fairness found{.calls = entries.size()};
    for (const JournalEntry& entry : entries) {
        found.longest_wait = std::max(found.longest_wait, std::chrono::nanoseconds(entry.sent_at - entry.came_at));
        const bool is_overtaken = std::ranges::any_of(entries, [&](const JournalEntry& other) {
            return other.came_at > entry.came_at + moment && other.sent_at + moment < entry.sent_at &&
                   !is_stopped(entry.process, other.sent_at, stops);
        });
        if (is_overtaken) ++found.overtaken;
    }
    return found;
}

} // namespace fathom
