#include <fathom/file_rate_limiter.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "../core/permit_pool.hpp"
#include "../platform/fork.hpp"
#include "forked_anew.hpp"
#include "limiter_file.hpp"
#include "waiting_client.hpp"

namespace fathom::inline v0_2 {

namespace {

using detail::ForkedAnew;
using detail::generation_of_process;
using detail::LimiterFile;
using detail::PermitPool;
using detail::Tickets;
using detail::WaitingClient;
using TimePoint = RateLimiter::Clock::time_point;

/// How soon to ask again where another process has the file and does not go on, besides what the asking took.
constexpr std::chrono::milliseconds busy_retry{150};

constexpr detail::Tickets::Habits habits{.look_again = std::chrono::milliseconds{50},
                                         .look_again_soon = std::chrono::milliseconds{10},
                                         .sign_of_life = std::chrono::seconds{5}};

/// One file behind a mutex, since several clients may share the limiter. What cannot be told to the file at once is told
/// before anything else the next time.
class SharedFile {
public:
    SharedFile(std::filesystem::path path, const RateLimits& limits)
        : limits_(limits), file_(std::move(path), limits) {}

    void join(const WaitingClient& client) {
        const std::scoped_lock lock(mutex_);
        clients_.join(client);
    }
    void leave(const WaitingClient& client) {
        const std::scoped_lock lock(mutex_);
        clients_.leave(client);
    }

    Result<RateLimiter::Admission> acquire(const WaitingClient& client, LimitGroup group, TimePoint now,
                                           RateLimiter::Clock::duration longest) {
        const std::scoped_lock lock(mutex_);
        RateLimiter::Admission admission = RateLimiter::Denied{now + busy_retry};
        const auto take = [&](TimePoint present) {
            bool is_changed = false;
            admission = file_.pools().tickets(group).acquire(file_.pools()[group], client.ticket(group), present,
                                                             longest, habits, is_changed);
            return is_changed;
        };
        if (const Result<bool> done = update(now, take); !done) return done.error();
        if (admission.permit) {
            file_.pools().remember(group, admission.permit->id);
            clients_.wake_all_but(client, group); // their turn may have come
        }
        return admission;
    }

    /// Changes the group's pool by what has happened to a permit that is given back.
    void give_back(const WaitingClient& client, LimitGroup group, RateLimiter::Permit permit, TimePoint now,
                   auto what) {
        const std::scoped_lock lock(mutex_);
        tell(group, client, now, [=, this, id = client.id()](TimePoint present) {
            what(file_.pools()[group], present);
            file_.pools().forget(group, permit.id);
            file_.pools().tickets(group).hurry(id, present);
        });
    }
    void change(const WaitingClient& client, LimitGroup group, TimePoint now, auto what) {
        const std::scoped_lock lock(mutex_);
        tell(group, client, now, [=, this](TimePoint present) { what(file_.pools()[group], present); });
    }
    void waiting(WaitingClient& client, LimitGroup group, std::size_t calls, TimePoint oldest_since, TimePoint now) {
        const std::scoped_lock lock(mutex_);
        client.waiting(group, calls, oldest_since, now);
        const Tickets& tickets = file_.pools().tickets(group);
        const detail::Ticket& own = client.ticket(group);
        const bool is_wrong = calls > 0 ? tickets.is_misleading(own) : tickets.has(client.id());
        if (!is_wrong) return;
        // Where that cannot be done, the ticket lapses, or is corrected when the client asks.
        static_cast<void>(update(now, [&](TimePoint) {
            file_.pools().tickets(group).correct(own);
            return true;
        }));
        if (calls == 0) clients_.wake_all_but(client, group);
    }

    [[nodiscard]] TimePoint earliest(const WaitingClient& client, LimitGroup group, std::size_t ahead, TimePoint now) {
        const std::scoped_lock lock(mutex_);
        const std::size_t others = file_.pools().tickets(group).ahead_of(client.ticket(group), ahead, now);
        return file_.pools()[group].earliest(ahead + others, now);
    }
    /// The pool as the file has it, or was seen last where that cannot be looked at now.
    [[nodiscard]] auto ask(LimitGroup group, TimePoint now, auto what) {
        const std::scoped_lock lock(mutex_);
        static_cast<void>(update(now, [](TimePoint) { return false; }));
        const auto& pools = std::as_const(file_.pools());
        return what(pools[group], pools.tickets(group));
    }
    [[nodiscard]] const RateLimits& limits() const noexcept { return limits_; }

private:
    using News = std::function<void(TimePoint)>;

    void tell(LimitGroup group, const WaitingClient& client, TimePoint now, News news) {
        news_.push_back(std::move(news));
        static_cast<void>(update(now, [](TimePoint) { return false; }));
        clients_.wake_all_but(client, group);
    }

    Result<bool> update(TimePoint now, const LimiterFile::Change& change) {
        const Result<bool> done = file_.update(now, [&](TimePoint present) {
            for (const News& news : news_) news(present);
            return change(present) || !news_.empty();
        });
        if (done.value_or(false)) news_.clear();
        return done;
    }

    RateLimits limits_;
    std::mutex mutex_{};
    LimiterFile file_;
    detail::WaitingClients clients_{};
    std::vector<News> news_{};
};

/// The limiter, or a client's view of it.
class FileRateLimiter final : public RateLimiter {
public:
    FileRateLimiter(std::shared_ptr<ForkedAnew<SharedFile>> file, std::function<void()> changed)
        : file_(std::move(file)), client_(std::move(changed)) {
        file_->get().join(client_);
    }
    FileRateLimiter(const FileRateLimiter&) = delete;
    FileRateLimiter& operator=(const FileRateLimiter&) = delete;
    ~FileRateLimiter() override {
        if (generation_of_process() == generation_) file_->get().leave(client_);
    }

    Result<Admission> acquire(LimitGroup group, TimePoint now, Clock::duration longest) override {
        return file_->get().acquire(client_, group, now, longest);
    }
    void release(LimitGroup group, Permit permit, PermitUse use, TimePoint now) override {
        file_->get().give_back(client_, group, permit, now,
                               [=](PermitPool& pool, TimePoint present) { pool.release(permit, use, present); });
    }
    void refused(LimitGroup group, Permit permit, std::optional<std::chrono::seconds> retry_after,
                 TimePoint now) override {
        file_->get().give_back(client_, group, permit, now, [=](PermitPool& pool, TimePoint present) {
            pool.refused(permit, retry_after, present);
        });
    }
    void tighten(LimitGroup group, std::size_t remaining, TimePoint until, TimePoint now) override {
        file_->get().change(client_, group, now,
                            [=](PermitPool& pool, TimePoint present) { pool.tighten(remaining, until, present); });
    }
    void close(LimitGroup group, TimePoint until, TimePoint now) override {
        file_->get().change(client_, group, now, [=](PermitPool& pool, TimePoint) { pool.close(until); });
    }
    [[nodiscard]] LimitPace pace(LimitGroup group, TimePoint now) const override {
        return file_->get().ask(group, now, [=](const PermitPool& pool, const Tickets& tickets) {
            LimitPace pace = pool.pace(now);
            pace.waiting = tickets.waiting(now);
            return pace;
        });
    }
    [[nodiscard]] TimePoint earliest(LimitGroup group, std::size_t ahead, TimePoint now) const override {
        return file_->get().earliest(client_, group, ahead, now);
    }
    [[nodiscard]] std::size_t free_permits(LimitGroup group, TimePoint now) const override {
        return file_->get().ask(group, now,
                                [=](const PermitPool& pool, const Tickets&) { return pool.free_permits(now); });
    }
    [[nodiscard]] const RateLimits& limits() const noexcept override { return file_->get().limits(); }

    [[nodiscard]] std::shared_ptr<RateLimiter> attach(Notice changed) override {
        return std::make_shared<FileRateLimiter>(file_, std::move(changed));
    }
    void waiting(LimitGroup group, std::size_t calls, TimePoint oldest_since, TimePoint now) override {
        file_->get().waiting(client_, group, calls, oldest_since, now);
    }

private:
    std::shared_ptr<ForkedAnew<SharedFile>> file_;
    const unsigned generation_ = generation_of_process(); ///< Of the process that it has joined in.
    WaitingClient client_;
};

} // namespace

std::shared_ptr<RateLimiter> file_rate_limiter(std::filesystem::path path, const RateLimits& limits) {
    auto file = std::make_shared<ForkedAnew<SharedFile>>(
        [path = std::move(path), limits] { return std::make_unique<SharedFile>(path, limits); });
    return std::make_shared<FileRateLimiter>(std::move(file), nullptr);
}

} // namespace fathom::inline v0_2
