#include <fathom/file_rate_limiter.hpp>

#include <algorithm>
#include <array>
#include <functional>
#include <mutex>
#include <system_error>
#include <utility>
#include <vector>

#include "../core/permit_pool.hpp"
#include "../platform/locked_file.hpp"
#include "limiter_state.hpp"

namespace fathom {

namespace {

using detail::LockedFile;
using detail::PermitPool;

/// How soon to ask again where another process holds the lock.
constexpr std::chrono::milliseconds lock_retry{2};

/// The pools live in the file; what this process knows of them is as old as its last look. An end that cannot be written
/// down at once, since another process holds the lock, is written before anything else the next time.
class FileRateLimiter final : public RateLimiter {
public:
    FileRateLimiter(std::filesystem::path path, const RateLimits& limits)
        : path_(std::move(path)), limits_(limits),
          pools_{PermitPool(limits.resources, limits.margin, limits.late_arrival),
                 PermitPool(limits.reports, limits.margin, limits.late_arrival)} {}

    Result<Admission> acquire(LimitGroup group, Clock::time_point now, Clock::duration longest) override {
        const std::scoped_lock lock(mutex_);
        Admission admission = Denied{now + lock_retry};
        const auto take = [&] { admission = pool(group).acquire(now, longest); };
        if (std::optional<Error> error = update(now, take)) return *std::move(error);
        return admission;
    }

    void release(LimitGroup group, Permit permit, PermitUse use, Clock::time_point now) override {
        const std::scoped_lock lock(mutex_);
        pending_.emplace_back([this, group, permit, use, now] { pool(group).release(permit, use, now); });
        static_cast<void>(update(now, [] {}));
    }

    void refused(LimitGroup group, Permit permit, std::optional<std::chrono::seconds> retry_after,
                 Clock::time_point now) override {
        const std::scoped_lock lock(mutex_);
        pending_.emplace_back(
            [this, group, permit, retry_after, now] { pool(group).refused(permit, retry_after, now); });
        static_cast<void>(update(now, [] {}));
    }

    void tighten(LimitGroup group, std::size_t remaining, Clock::time_point until, Clock::time_point now) override {
        const std::scoped_lock lock(mutex_);
        pending_.emplace_back([this, group, remaining, until, now] { pool(group).tighten(remaining, until, now); });
        static_cast<void>(update(now, [] {}));
    }

    [[nodiscard]] LimitPace pace(LimitGroup group, Clock::time_point now) const override {
        const std::scoped_lock lock(mutex_);
        return pools_[static_cast<std::size_t>(group)].pace(now);
    }

    void close(LimitGroup group, Clock::time_point until, Clock::time_point now) override {
        const std::scoped_lock lock(mutex_);
        pending_.emplace_back([this, group, until] { pool(group).close(until); });
        static_cast<void>(update(now, [] {}));
    }

    [[nodiscard]] Clock::time_point earliest(LimitGroup group, std::size_t ahead,
                                             Clock::time_point now) const override {
        const std::scoped_lock lock(mutex_);
        return pools_[static_cast<std::size_t>(group)].earliest(ahead, now);
    }

    [[nodiscard]] std::size_t free_permits(LimitGroup group, Clock::time_point now) const override {
        const std::scoped_lock lock(mutex_);
        return pools_[static_cast<std::size_t>(group)].free_permits(now);
    }

    [[nodiscard]] const RateLimits& limits() const noexcept override { return limits_; }

private:
    PermitPool& pool(LimitGroup group) { return pools_[static_cast<std::size_t>(group)]; }

    /// Reads the file, does what is pending and `change`, and writes the file. Does nothing where it is locked.
    template <class Change>
    std::optional<Error> update(Clock::time_point now, Change change) {
        try {
            const std::optional<LockedFile> file = LockedFile::try_open(path_);
            if (!file) return std::nullopt;
            load(file->read(), now);
            for (const auto& end : std::exchange(pending_, {})) end();
            change();
            file->write(detail::write_states({pools_[0].state(), pools_[1].state()}));
            return std::nullopt;
        } catch (const std::system_error& failure) {
            return Error{.kind = ErrorKind::internal,
                         .message = "the shared rate limiter's file " + path_.string() + ": " + failure.what()};
        }
    }

    void load(const std::string& content, Clock::time_point now) {
        const auto states = detail::read_states(content);
        const bool is_new = content.empty();
        for (std::size_t i = 0; i < pools_.size(); ++i) {
            const auto group = static_cast<LimitGroup>(i);
            PermitPool::State closed{.pace = {.paused_until = now + limits_.of(group).window + limits_.margin}};
            const bool is_sound = states && is_plausible((*states)[i], group, now);
            pools_[i].restore(is_sound ? (*states)[i] : is_new ? PermitPool::State{} : std::move(closed));
        }
    }

    /// The clock starts anew when the machine does: times too far ahead are from before.
    [[nodiscard]] bool is_plausible(const PermitPool::State& state, LimitGroup group, Clock::time_point now) const {
        constexpr std::chrono::hours longest_closing{24};
        const auto furthest = now + limits_.of(group).window + limits_.margin + limits_.late_arrival + longest_closing;
        const bool is_in_order = std::ranges::is_sorted(state.returning);
        return is_in_order && state.pace.paused_until <= furthest &&
               (state.returning.empty() || state.returning.back() <= furthest);
    }

    std::filesystem::path path_;
    RateLimits limits_;
    mutable std::mutex mutex_{};
    std::array<PermitPool, limit_group_count> pools_; // by LimitGroup
    std::vector<std::function<void()>> pending_{};
};

} // namespace

std::shared_ptr<RateLimiter> file_rate_limiter(std::filesystem::path path, const RateLimits& limits) {
    return std::make_shared<FileRateLimiter>(std::move(path), limits);
}

} // namespace fathom
