#include <fathom/file_rate_limiter.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "../core/permit_pool.hpp"
#include "limiter_file.hpp"

namespace fathom::inline v0_2 {

namespace {

using detail::LimiterFile;
using detail::PermitPool;

/// How soon to ask again where another process has the file and does not go on.
constexpr std::chrono::milliseconds busy_retry{20};

/// How soon to ask again where the end of another process's attempt may leave room earlier than can be told.
constexpr std::chrono::milliseconds look_again{50};

/// One file behind a mutex, since several clients may share the limiter. What cannot be told to the file at once is told
/// before anything else the next time.
class FileRateLimiter final : public RateLimiter {
public:
    FileRateLimiter(std::filesystem::path path, const RateLimits& limits)
        : limits_(limits), file_(std::move(path), limits) {}

    Result<Admission> acquire(LimitGroup group, Clock::time_point now, Clock::duration longest) override {
        const std::scoped_lock lock(mutex_);
        Admission admission = Denied{now + busy_retry};
        const auto take = [&](Clock::time_point present) {
            admission = file_.pools()[group].acquire(present, longest);
            return admission.permit.has_value();
        };
        if (const Result<bool> done = update(now, take); !done) return done.error();
        if (admission.permit) {
            file_.pools().remember(group, admission.permit->id);
        } else if (file_.pools()[group].in_flight(now) > 0) {
            admission.try_again_at = std::min(admission.try_again_at, now + look_again);
        }
        return admission;
    }

    void release(LimitGroup group, Permit permit, PermitUse use, Clock::time_point now) override {
        tell(now, [=, this](Clock::time_point present) {
            file_.pools()[group].release(permit, use, present);
            file_.pools().forget(group, permit.id);
        });
    }

    void refused(LimitGroup group, Permit permit, std::optional<std::chrono::seconds> retry_after,
                 Clock::time_point now) override {
        tell(now, [=, this](Clock::time_point present) {
            file_.pools()[group].refused(permit, retry_after, present);
            file_.pools().forget(group, permit.id);
        });
    }

    void tighten(LimitGroup group, std::size_t remaining, Clock::time_point until, Clock::time_point now) override {
        tell(now, [=, this](Clock::time_point present) { file_.pools()[group].tighten(remaining, until, present); });
    }

    void close(LimitGroup group, Clock::time_point until, Clock::time_point now) override {
        tell(now, [=, this](Clock::time_point) { file_.pools()[group].close(until); });
    }

    [[nodiscard]] LimitPace pace(LimitGroup group, Clock::time_point now) const override {
        const std::scoped_lock lock(mutex_);
        return file_.pools()[group].pace(now);
    }

    [[nodiscard]] Clock::time_point earliest(LimitGroup group, std::size_t ahead,
                                             Clock::time_point now) const override {
        const std::scoped_lock lock(mutex_);
        return file_.pools()[group].earliest(ahead, now);
    }

    [[nodiscard]] std::size_t free_permits(LimitGroup group, Clock::time_point now) const override {
        const std::scoped_lock lock(mutex_);
        return file_.pools()[group].free_permits(now);
    }

    [[nodiscard]] const RateLimits& limits() const noexcept override { return limits_; }

private:
    using News = std::function<void(Clock::time_point)>;

    void tell(Clock::time_point now, News news) {
        const std::scoped_lock lock(mutex_);
        news_.push_back(std::move(news));
        static_cast<void>(update(now, [](Clock::time_point) { return false; }));
    }

    Result<bool> update(Clock::time_point now, const LimiterFile::Change& change) {
        const Result<bool> done = file_.update(now, [&](Clock::time_point present) {
            for (const News& news : news_) news(present);
            return change(present) || !news_.empty();
        });
        if (done.value_or(false)) news_.clear();
        return done;
    }

    RateLimits limits_;
    mutable std::mutex mutex_{};
    LimiterFile file_;
    std::vector<News> news_{};
};

} // namespace

std::shared_ptr<RateLimiter> file_rate_limiter(std::filesystem::path path, const RateLimits& limits) {
    return std::make_shared<FileRateLimiter>(std::move(path), limits);
}

} // namespace fathom::inline v0_2
