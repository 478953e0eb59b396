#include "limit_servers.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace fathom::detail {

namespace {

using TimePoint = LimitingServer::TimePoint;

class SlidingLog final : public LimitingServer {
public:
    SlidingLog(RateLimit limit, bool counts_refused) : limit_(limit), counts_refused_(counts_refused) {}

    [[nodiscard]] bool takes(TimePoint now) override {
        while (!log_.empty() && log_.front() <= now - limit_.window) log_.pop_front();
        const bool taken = log_.size() < limit_.requests;
        if (taken || counts_refused_) log_.push_back(now);
        return taken;
    }
    [[nodiscard]] std::optional<TimePoint> takes_again_at(TimePoint now) const override {
        return log_.size() < limit_.requests ? now : log_[log_.size() - limit_.requests] + limit_.window;
    }

private:
    RateLimit limit_;
    bool counts_refused_;
    std::deque<TimePoint> log_{};
};

class AlignedWindows final : public LimitingServer {
public:
    explicit AlignedWindows(RateLimit limit) : limit_(limit) {}

    [[nodiscard]] bool takes(TimePoint now) override {
        const auto window = now.time_since_epoch() / limit_.window;
        if (std::exchange(window_, window) != window) count_ = 0;
        return ++count_ <= limit_.requests;
    }
    [[nodiscard]] std::optional<TimePoint> takes_again_at(TimePoint) const override {
        return TimePoint(limit_.window * (window_ + 1));
    }

private:
    RateLimit limit_;
    std::int64_t window_ = -1;
    std::size_t count_ = 0;
};

class WindowsFromFirstHit final : public LimitingServer {
public:
    explicit WindowsFromFirstHit(RateLimit limit) : limit_(limit) {}

    [[nodiscard]] bool takes(TimePoint now) override {
        if (now >= ends_at_) {
            ends_at_ = now + limit_.window;
            count_ = 0;
        }
        return ++count_ <= limit_.requests;
    }
    [[nodiscard]] std::optional<TimePoint> takes_again_at(TimePoint) const override { return ends_at_; }

private:
    RateLimit limit_;
    TimePoint ends_at_{};
    std::size_t count_ = 0;
};

class LeakyBucket final : public LimitingServer {
public:
    explicit LeakyBucket(RateLimit limit)
        : capacity_(static_cast<double>(limit.requests)),
          per_second_(capacity_ / static_cast<double>(limit.window.count())) {}

    [[nodiscard]] bool takes(TimePoint now) override {
        const std::chrono::duration<double> passed = now - last_;
        level_ = std::max(0.0, level_ - passed.count() * per_second_);
        last_ = now;
        constexpr double rounding = 1e-6;
        const bool taken = level_ + 1 <= capacity_ + rounding;
        if (taken) level_ += 1;
        return taken;
    }
    [[nodiscard]] std::optional<TimePoint> takes_again_at(TimePoint now) const override {
        const std::chrono::duration<double> wait((level_ + 1 - capacity_) / per_second_);
        return now + std::chrono::duration_cast<TimePoint::duration>(wait);
    }

private:
    double capacity_;
    double per_second_;
    double level_ = 0;
    TimePoint last_{};
};

class WeightedCounter final : public LimitingServer {
public:
    explicit WeightedCounter(RateLimit limit) : limit_(limit) {}

    [[nodiscard]] bool takes(TimePoint now) override {
        const auto window = now.time_since_epoch() / limit_.window;
        if (window != window_) before_ = window == window_ + 1 ? count_ : 0;
        if (std::exchange(window_, window) != window) count_ = 0;
        count_ += 1;
        const std::chrono::duration<double> into = now - TimePoint(limit_.window * window);
        const double still_counts = 1 - into.count() / static_cast<double>(limit_.window.count());
        return count_ + before_ * still_counts <= static_cast<double>(limit_.requests);
    }
    [[nodiscard]] std::optional<TimePoint> takes_again_at(TimePoint now) const override {
        const auto room = static_cast<double>(limit_.requests) - 1; // for what was counted before
        const bool is_this_window = count_ <= room;
        const double fading = is_this_window ? before_ : count_;
        const double lasting = is_this_window ? count_ : 0;
        const double faded = fading > 0 ? std::max(0.0, 1 - (room - lasting) / fading) : 0;
        const TimePoint begin(limit_.window * (window_ + (is_this_window ? 0 : 1)));
        const std::chrono::duration<double> into(faded * static_cast<double>(limit_.window.count()));
        return std::max(now, begin + std::chrono::duration_cast<TimePoint::duration>(into));
    }

private:
    RateLimit limit_;
    std::int64_t window_ = -1;
    double count_ = 0;
    double before_ = 0;
};

class ConcurrencyCap final : public LimitingServer {
public:
    explicit ConcurrencyCap(std::size_t cap) : cap_(cap) {}

    [[nodiscard]] bool takes(TimePoint) override {
        if (count_ >= cap_) return false;
        ++count_;
        return true;
    }
    void worked_off(TimePoint) override { --count_; }
    /// It cannot know when one of those that it works on will be done, but soon.
    [[nodiscard]] std::optional<TimePoint> takes_again_at(TimePoint now) const override { return now + soon; }

private:
    static constexpr std::chrono::milliseconds soon{500};

    std::size_t cap_;
    std::size_t count_ = 0;
};

class CapAndWindow final : public LimitingServer {
public:
    CapAndWindow(std::size_t cap, RateLimit limit) : cap_(cap), log_(limit, false) {}

    [[nodiscard]] bool takes(TimePoint now) override {
        if (!cap_.takes(now)) return false;
        if (log_.takes(now)) return true;
        cap_.worked_off(now);
        return false;
    }
    void worked_off(TimePoint now) override { cap_.worked_off(now); }
    [[nodiscard]] std::optional<TimePoint> takes_again_at(TimePoint now) const override {
        const std::optional<TimePoint> by_log = log_.takes_again_at(now);
        return by_log > now ? by_log : cap_.takes_again_at(now);
    }

private:
    ConcurrencyCap cap_;
    SlidingLog log_;
};

} // namespace

std::unique_ptr<LimitingServer> sliding_log(RateLimit limit, bool counts_refused) {
    return std::make_unique<SlidingLog>(limit, counts_refused);
}
std::unique_ptr<LimitingServer> aligned_windows(RateLimit limit) { return std::make_unique<AlignedWindows>(limit); }
std::unique_ptr<LimitingServer> windows_from_first_hit(RateLimit limit) {
    return std::make_unique<WindowsFromFirstHit>(limit);
}
std::unique_ptr<LimitingServer> leaky_bucket(RateLimit limit) { return std::make_unique<LeakyBucket>(limit); }
std::unique_ptr<LimitingServer> weighted_counter(RateLimit limit) { return std::make_unique<WeightedCounter>(limit); }
std::unique_ptr<LimitingServer> concurrency_cap(std::size_t cap) { return std::make_unique<ConcurrencyCap>(cap); }
std::unique_ptr<LimitingServer> cap_and_window(std::size_t cap, RateLimit limit) {
    return std::make_unique<CapAndWindow>(cap, limit);
}

} // namespace fathom::detail
