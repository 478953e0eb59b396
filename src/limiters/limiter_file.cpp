#include "limiter_file.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <system_error>
#include <utility>

#include "../platform/boot.hpp"
#include "../platform/path_text.hpp"
#include "limiter_repair.hpp"

namespace fathom::detail {

namespace {

/// Others hold the lock for microseconds, unless they are stopped just then.
constexpr std::chrono::milliseconds lock_patience{100};
/// One that is stopped for long is not worth more each time.
constexpr std::chrono::milliseconds busy_patience{1};

/// A queue of thousands of programs takes less.
constexpr std::size_t largest_file = 16'777'216;

/// So far apart may the clocks of two processes seem to be that ask at the same time.
constexpr std::chrono::seconds same_time{1};

/// The same file for as long as the process lives, whatever folder it changes to. Nothing for what can be no path.
std::filesystem::path fixed(std::filesystem::path path) {
    if (path.native().find(std::filesystem::path::value_type{}) != std::filesystem::path::string_type::npos)
        path.clear();
    if (path.empty()) return path;
    std::error_code unknown;
    if (std::filesystem::path absolute = std::filesystem::absolute(path, unknown); !unknown) path = std::move(absolute);
    return path;
}

/// Whether no try with that path can ever succeed, since it names a folder, a device or nothing.
bool is_wrong_path(const std::error_code& failure) {
    return failure == std::errc::invalid_argument || failure == std::errc::is_a_directory ||
           failure == std::errc::filename_too_long || failure == std::errc::not_a_directory;
}

/// Different after each write.
std::string heads_of(const LockedFile& file) {
    std::string heads;
    for (std::size_t place = 0;; place = next_place(place)) {
        const std::string head = file.read(place, copy_head_size);
        if (head.empty()) return heads;
        heads += head;
    }
}

} // namespace

LimiterFile::LimiterFile(std::filesystem::path path, const RateLimits& limits)
    : path_(fixed(std::move(path))), limits_(limits), boot_(boot_id()), pools_(limits) {}

Result<bool> LimiterFile::update(TimePoint now, const Change& change) {
    if (path_.empty()) return error(ErrorKind::invalid_argument, "the path is empty or holds a zero; name a file");
    try {
        const std::optional<LockedFile> file = LockedFile::open(path_, was_busy_ ? busy_patience : lock_patience);
        was_busy_ = !file;
        if (!file) return false;
        bool is_repaired = false;
        std::string heads = heads_of(*file);
        if (heads.empty() || heads != seen_.heads) {
            const Result<bool> read = this->read(*file, std::move(heads), now);
            if (!read) return read.error();
            is_repaired = *read;
        }
        now = std::max(now, seen_.state.written_at);
        if (change(now) || is_repaired) write(*file, now);
        return true;
    } catch (const std::system_error& failure) {
        seen_.heads.clear();
        if (!is_wrong_path(failure.code())) return error(ErrorKind::internal, failure.what());
        return error(ErrorKind::invalid_argument, std::string(failure.what()) + "; name a file that nothing else uses");
    }
}

/// @return whether the file says something else, so that it must be written
Result<bool> LimiterFile::read(const LockedFile& file, std::string heads, TimePoint now) {
    seen_.heads.clear();
    const std::string content = file.read_whole(largest_file);
    const TwoCopies copies = find_copies(content);
    if (copies.is_foreign || content.size() > largest_file) {
        return error(ErrorKind::invalid_argument,
                     "it is not a limiter's file and was left as it is; name a file that nothing else uses");
    }
    auto [state, is_repaired] = understand(copies, now);
    rename_next_permits(state);
    const std::uint64_t number = copies.newest ? copies.newest->number : 0;
    if (pools_.take_over(state, number, now)) is_repaired = true;
    pools_.seen(state, number);
    seen_ = {std::move(heads), copies, std::move(state)};
    if (seen_.copies.newest) seen_.copies.newest->content = {}; // it ends with this function
    return is_repaired;
}

void LimiterFile::write(const LockedFile& file, TimePoint now) {
    seen_.heads.clear(); // should it fail
    LimiterState& state = seen_.state;
    state.written_at = now;
    pools_.put_into(state);
    const NextCopy next = next_copy(seen_.copies, write_state(state));
    if (next.outdated) file.write(outdated_copy, *next.outdated);
    file.write(next.text, next.offset);
    if (!seen_.copies.newest) file.cut(next.text.size());
    seen_.copies = copies_with(seen_.copies, next);
    pools_.seen(state, seen_.copies.newest->number);
    seen_.heads = heads_of(file);
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
    return {.kind = kind, .message = "the shared rate limiter's file " + utf8_text(path_) + ": " + std::string(what)};
}

} // namespace fathom::detail
