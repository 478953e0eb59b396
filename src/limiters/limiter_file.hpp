/// @file
/// The pools that processes share by a file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include <fathom/error.hpp>
#include <fathom/rate_limit.hpp>
#include <fathom/result.hpp>

#include "../core/permit_pool.hpp"
#include "../platform/locked_file.hpp"
#include "known_pools.hpp"
#include "limiter_state.hpp"
#include "two_copies.hpp"

namespace fathom::detail {

/// Keeps the pools in a file, and puts right one that was deleted, replaced or damaged. Not safe from several threads.
class LimiterFile {
public:
    using TimePoint = PermitPool::TimePoint;
    /// Changes the pools. @return whether anything is different now, so that it must be written
    using Change = std::function<bool(TimePoint now)>;

    LimiterFile(std::filesystem::path path, const RateLimits& limits);

    /// Reads the file, lets `change` do its part, and writes the file. Waits a moment for others who do the same. Of a file
    /// that nobody has written meanwhile only the heads of its copies are read.
    /// @param now handed on to `change`; later where another process has already seen later times
    /// @return whether that was done, and not prevented by another process that holds the lock all the time
    Result<bool> update(TimePoint now, const Change& change);

    [[nodiscard]] KnownPools& pools() noexcept { return pools_; }

private:
    /// What the file says, as far as it can be believed.
    struct Understood {
        LimiterState state{};
        bool is_repaired = false; ///< It says something else.
    };
    /// The file as it was seen last.
    struct Seen {
        std::string heads{};  ///< Of all its copies; empty: look at the whole file.
        TwoCopies copies{};   ///< Their contents are gone.
        LimiterState state{}; ///< Its pools are in `pools_`.
    };

    [[nodiscard]] Result<bool> read(const LockedFile& file, std::string heads, TimePoint now);
    void write(const LockedFile& file, TimePoint now);
    [[nodiscard]] Understood understand(const TwoCopies& copies, TimePoint now) const;
    [[nodiscard]] bool is_of_this_boot(const LimiterState& state, TimePoint now) const;
    [[nodiscard]] Error error(ErrorKind kind, std::string_view what) const;

    std::filesystem::path path_;
    RateLimits limits_;
    std::string boot_;
    KnownPools pools_;
    Seen seen_{};
    bool was_busy_ = false; ///< Another process had the lock for all of the patience.
};

} // namespace fathom::detail
