/// @file
/// Redis in virtual time, as far as the limiter uses it.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <fathom/rate_limit.hpp>

#include "redis/limiter_on.hpp"

namespace fathom::redis {

/// What all connections to one server share.
struct VirtualRedis {
    struct Hash {
        std::string version{};
        std::string state{};
        std::string correction = "0";
    };
    std::chrono::steady_clock::time_point now{};
    std::map<std::string, Hash> hashes{};
};

/// Does what the script says; tests of the script itself are those on a real server.
class VirtualConnection final : public detail::Server {
public:
    explicit VirtualConnection(std::shared_ptr<VirtualRedis> server) : server_(std::move(server)) {}

    void begin_turn() noexcept override {}
    [[nodiscard]] std::optional<detail::Lost> connect() override { return std::nullopt; }
    [[nodiscard]] int generation() const noexcept override { return 1; }
    [[nodiscard]] std::variant<Words, detail::Lost>
    run_script(const std::vector<std::string>& keys, const std::vector<std::string>& arguments, std::size_t) override {
        using std::chrono::microseconds;
        VirtualRedis::Hash& stored = server_->hashes[keys.at(0)];
        const auto time = std::chrono::floor<microseconds>(server_->now.time_since_epoch());
        const std::string now = std::to_string(time.count());
        const bool is_known = stored.version == arguments.at(0);
        if (arguments.size() > 2 && is_known) {
            stored = {.version = arguments.at(2), .state = arguments.at(3), .correction = arguments.at(4)};
            return Words{"1", now, "", stored.version, stored.correction, ""};
        }
        const bool asks_run = arguments.at(1) == "1" || stored.version.empty();
        return Words{"0", now, asks_run ? "0a1b" : "", stored.version, stored.correction, is_known ? "" : stored.state};
    }
    [[nodiscard]] Clock::time_point tries_again_at() const noexcept override { return {}; }
    [[nodiscard]] Clock::time_point now() const override { return server_->now; }
    [[nodiscard]] std::chrono::system_clock::time_point calendar_now() const override {
        return std::chrono::system_clock::time_point(
            std::chrono::floor<std::chrono::system_clock::duration>(server_->now.time_since_epoch()));
    }

private:
    std::shared_ptr<VirtualRedis> server_;
};

/// Passes everything on, and sets the server's clock to the time at which it is asked.
class VirtualTimeLimiter final : public RateLimiter {
public:
    VirtualTimeLimiter(std::shared_ptr<VirtualRedis> server, std::shared_ptr<RateLimiter> limiter)
        : server_(std::move(server)), limiter_(std::move(limiter)) {}

    Result<Admission> acquire(LimitGroup group, Clock::time_point now, Clock::duration longest) override {
        return at(now).acquire(group, now, longest);
    }
    void release(LimitGroup group, Permit permit, PermitUse use, Clock::time_point now) override {
        at(now).release(group, permit, use, now);
    }
    void refused(LimitGroup group, Permit permit, std::optional<std::chrono::seconds> retry_after,
                 Clock::time_point now) override {
        at(now).refused(group, permit, retry_after, now);
    }
    void tighten(LimitGroup group, std::size_t remaining, Clock::time_point until, Clock::time_point now) override {
        at(now).tighten(group, remaining, until, now);
    }
    void close(LimitGroup group, Clock::time_point until, Clock::time_point now) override {
        at(now).close(group, until, now);
    }
    [[nodiscard]] Clock::time_point earliest(LimitGroup group, std::size_t ahead,
                                             Clock::time_point now) const override {
        return at(now).earliest(group, ahead, now);
    }
    [[nodiscard]] std::size_t free_permits(LimitGroup group, Clock::time_point now) const override {
        return at(now).free_permits(group, now);
    }
    [[nodiscard]] LimitPace pace(LimitGroup group, Clock::time_point now) const override {
        return at(now).pace(group, now);
    }
    [[nodiscard]] const RateLimits& limits() const noexcept override { return limiter_->limits(); }
    [[nodiscard]] std::shared_ptr<RateLimiter> attach(Notice changed) override {
        return std::make_shared<VirtualTimeLimiter>(server_, limiter_->attach(std::move(changed)));
    }
    void waiting(LimitGroup group, std::size_t calls, Clock::time_point oldest_since, Clock::time_point now) override {
        at(now).waiting(group, calls, oldest_since, now);
    }

private:
    [[nodiscard]] RateLimiter& at(Clock::time_point now) const {
        server_->now = now;
        return *limiter_;
    }

    std::shared_ptr<VirtualRedis> server_;
    std::shared_ptr<RateLimiter> limiter_;
};

} // namespace fathom::redis
