#include "limiter_file.hpp"

#include <algorithm>
#include <chrono>
#include <system_error>
#include <utility>

#include "../platform/boot.hpp"
#include "../platform/locked_file.hpp"
#include "limiter_repair.hpp"

namespace fathom::detail {

namespace {

/// Others hold the lock for microseconds, unless they are stopped just then.
constexpr std::chrono::milliseconds lock_patience{100};

/// So far apart may the clocks of two processes seem to be that ask at the same time.
constexpr std::chrono::seconds same_time{1};

} // namespace

LimiterFile::LimiterFile(std::filesystem::path path, const RateLimits& limits)
    : path_(std::move(path)), limits_(limits), boot_(boot_id()), pools_(limits) {}

Result<bool> LimiterFile::update(TimePoint now, const Change& change) {
    try {
        const std::optional<LockedFile> file = LockedFile::open(path_, lock_patience);
        if (!file) return false;
        const std::string content = file->read();
        const TwoCopies copies = find_copies(content);
        if (copies.is_foreign) {
            return error(ErrorKind::invalid_argument,
                         "it is not a limiter's file and was left as it is; name a file that nothing else uses");
        }
        auto [state, is_repaired] = understand(copies, now);
        const std::uint64_t number = copies.newest ? copies.newest->number : 0;
        rename_next_permits(state);
        if (pools_.take_over(state, number, now)) is_repaired = true;
        now = std::max(now, state.written_at);

        const bool must_write = change(now) || is_repaired;
        if (must_write) {
            state.written_at = now;
            pools_.put_into(state);
            const NextCopy next = next_copy(copies, write_state(state));
            if (next.outdated) file->write(outdated_copy, *next.outdated);
            file->write(next.text, next.offset);
            if (!copies.newest) file->cut(next.text.size());
        }
        pools_.seen(state, must_write ? number + 1 : number);
        return true;
    } catch (const std::system_error& failure) {
        return error(ErrorKind::internal, failure.what());
    }
}

LimiterFile::Understood LimiterFile::understand(const TwoCopies& copies, TimePoint now) const {
    std::optional<LimiterState> read;
    if (copies.newest) read = read_state(copies.newest->content);
    if (!read) {
        Understood anew{.state = new_limiter_state(now), .is_repaired = copies.newest || copies.has_lost};
        anew.state.boot = boot_;
        if (anew.is_repaired) close_for_a_window(anew.state, limits_, now);
        return anew;
    }
    Understood understood{.state = *std::move(read), .is_repaired = copies.has_lost};
    LimiterState& state = understood.state;
    if (!is_of_this_boot(state, now)) {
        bring_to_this_boot(state, limits_, now);
        state.boot = boot_;
        understood.is_repaired = true;
    }
    const TimePoint present = std::max(now, state.written_at);
    if (keep_to_limits(state, limits_, present)) understood.is_repaired = true;
    if (copies.has_lost) count_lost_change(state, limits_, present);
    return understood;
}

/// The clock of a later boot may be behind what is written. Within a boot it is so only for a process that was stopped after
/// it had looked at the clock.
bool LimiterFile::is_of_this_boot(const LimiterState& state, TimePoint now) const {
    return state.boot == boot_ && (pools_.knows(state) || state.written_at <= now + same_time);
}

Error LimiterFile::error(ErrorKind kind, std::string_view what) const {
    return {.kind = kind, .message = "the shared rate limiter's file " + path_.string() + ": " + std::string(what)};
}

} // namespace fathom::detail
