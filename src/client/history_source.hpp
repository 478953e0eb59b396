/// @file
/// The pieces of a history, for callers that wait and for others.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include <fathom/async_pagination.hpp>
#include <fathom/history.hpp>
#include <fathom/pagination.hpp>

#include "../history/history_walk.hpp"
#include "calls.hpp"
#include "dated_report.hpp"

namespace fathom::detail {

/// What a history is about: a site, or an event of one.
template <class Metric>
struct HistorySubject {
    SiteId site;
    std::string name; ///< What tells this subject from others.
    /// Makes the operation of one of its reports; checks the query too.
    std::function<Result<Operation<Report<Metric>>>(const ReportQuery<Metric>&)> make_report;
};

/// One history, whoever waits for it: what to request next, and what came of it.
template <class Metric>
class HistoryCalls {
public:
    using Piece = HistoryPiece<Metric>;

    HistoryCalls(HistorySubject<Metric> subject, HistoryQuery<Metric> query, HistoryOptions options)
        : subject_(std::move(subject)), query_(std::move(query)), options_(std::move(options)) {
        if (options_.call.timeout || options_.call.retry) return;
        options_.call.timeout = std::chrono::minutes{15};
        options_.call.retry = RetryPolicy{
            .max_attempts = 1'000, .base_delay = std::chrono::seconds{1}, .max_delay = std::chrono::seconds{60}};
    }

    [[nodiscard]] const SiteId& site() const noexcept { return subject_.site; }
    [[nodiscard]] const std::optional<std::string>& timezone() const noexcept { return query_.timezone; }
    [[nodiscard]] const HistoryOptions& options() const noexcept { return options_; }
    /// Has the calls belong to whoever asks for the history now.
    void begin_here(const std::shared_ptr<Loop>& loop) { options_.call = from_here(std::move(options_.call), loop); }
    [[nodiscard]] bool has_begun() const noexcept { return walk_ != nullptr; }

    /// What is wrong with the query whatever the zone, so that nothing is sent for it.
    [[nodiscard]] Result<void> check(const Loop& loop) const {
        if (query_.range && query_.range->relative() && !is_valid(*query_.range->relative())) {
            const ReportQuery<Metric> query{.aggregates = query_.aggregates, .range = query_.range};
            return subject_.make_report(query).error();
        }
        const TimeZone utc = TimeZone::find("UTC").value();
        constexpr std::chrono::hours earliest_zone{14}; // it may be tomorrow there already
        const auto plan = history::make_plan(subject_.name, query_, {}, utc, now_of(loop) + earliest_zone);
        if (!plan) return plan.error();
        const history::Window a_day{std::chrono::local_days{}, std::chrono::local_days{} + std::chrono::days{1}};
        const auto operation = subject_.make_report(history::Questions<Metric>(*plan).as_asked(a_day));
        return operation ? Result<void>() : operation.error();
    }
    /// Sets out, once the zone is known. @return why that cannot be
    [[nodiscard]] Result<void> begin(const Result<TimeZone>& zone, const Loop& loop) {
        if (!zone) return zone.error();
        auto plan = history::make_plan(subject_.name, query_, options_, *zone, now_of(loop));
        if (!plan) return plan.error();
        walk_ = std::make_unique<history::HistoryWalk<Metric>>(*std::move(plan));
        return {};
    }

    /// The next piece that is there, or the error that ends the walk.
    /// @param loop null where the client is gone, so that nothing is waited for any more
    [[nodiscard]] std::optional<Result<Page<Piece>>> take(const std::shared_ptr<Loop>& loop) {
        std::optional<Result<Piece>> piece = walk_->take();
        if (!piece) return std::nullopt;
        if (!*piece) return Result<Page<Piece>>((*piece).error());
        HistoryProgress& progress = (*piece)->progress;
        const auto requests = static_cast<std::size_t>(progress.requests_to_come);
        if (loop) progress.time_left = std::chrono::ceil<std::chrono::seconds>(loop->wait_of_reports(requests));
        return Result<Page<Piece>>(
            Page<Piece>{.data = {**std::move(piece)}, .has_more = walk_->question().has_value()});
    }
    [[nodiscard]] bool is_over() const { return !walk_->question(); }
    /// The report that is needed next.
    [[nodiscard]] Result<Operation<Report<Metric>>> next_operation() const {
        return subject_.make_report(*walk_->question());
    }
    void answer(Report<Metric> report) { walk_->answer(std::move(report).rows()); }

private:
    static std::chrono::sys_seconds now_of(const Loop& loop) {
        return std::chrono::floor<std::chrono::seconds>(loop.calendar_now());
    }

    HistorySubject<Metric> subject_;
    HistoryQuery<Metric> query_;
    HistoryOptions options_;
    std::unique_ptr<history::HistoryWalk<Metric>> walk_{};
};

/// The pieces for a caller that waits for them, each fetched on the thread that asks.
template <class Metric>
class HistorySource final : public PageSource<HistoryPiece<Metric>> {
public:
    using Piece = HistoryPiece<Metric>;

    HistorySource(std::shared_ptr<Loop> loop, HistoryCalls<Metric> calls)
        : loop_(std::move(loop)), calls_(std::move(calls)), place_(calls_.options().resume_from) {}

    std::optional<Result<Page<Piece>>> next() override {
        if (is_over_) return std::nullopt;
        std::optional<Result<Page<Piece>>> page = fetch();
        is_over_ = !page || !*page;
        if (page && *page) place_ = (**page).data.front().place;
        return page;
    }
    [[nodiscard]] const std::optional<std::string>& last_cursor() const noexcept override { return place_; }

private:
    std::optional<Result<Page<Piece>>> fetch() {
        const EndOfCall end(calls_.options().call);
        const Result<void> begun = guarded<void>([this] { return begin(); });
        if (!begun) return begun.error();
        while (true) {
            if (auto page = calls_.take(loop_)) return page;
            if (calls_.is_over()) return std::nullopt;
            Result<Report<Metric>> report = call(loop_, calls_.next_operation(), calls_.options().call);
            if (!report) return std::move(report).error();
            calls_.answer(*std::move(report));
        }
    }
    Result<void> begin() {
        if (calls_.has_begun()) return {};
        if (!loop_) return no_client();
        if (Result<void> checked = calls_.check(*loop_); !checked) return checked;
        return calls_.begin(reporting_zone(loop_, calls_.site(), calls_.timezone(), calls_.options().call), *loop_);
    }

    std::shared_ptr<Loop> loop_;
    HistoryCalls<Metric> calls_;
    std::optional<std::string> place_;
    bool is_over_ = false;
};

/// The pieces for a caller that does not wait. What is under way shares it; it does not hold the client.
template <class Metric>
class AsyncHistorySource final : public AsyncPageSource<HistoryPiece<Metric>>,
                                 public std::enable_shared_from_this<AsyncHistorySource<Metric>> {
public:
    using Piece = HistoryPiece<Metric>;
    using NextPage = std::optional<Page<Piece>>;

    AsyncHistorySource(const Route<Async>& route, HistoryCalls<Metric> calls)
        : loop_(route.loop), executor_(route.executor), calls_(std::move(calls)), place_(calls_.options().resume_from) {
        calls_.begin_here(route.loop);
    }

    Future<NextPage> next() override {
        if (is_fetching_.exchange(true)) return ready<NextPage>(page_is_under_way(), executor_);
        return fetch(this->shared_from_this()).via(executor_);
    }
    void abandon() override {} // nothing is fetched that nobody has asked for
    [[nodiscard]] std::optional<std::string> last_cursor() const override {
        const std::scoped_lock lock(mutex_);
        return place_;
    }

private:
    static Future<NextPage> fetch(std::shared_ptr<AsyncHistorySource> self) {
        Result<NextPage> page = NextPage();
        if (!self->is_over_ && !self->calls_.has_begun()) {
            const Result<TimeZone> zone = co_await self->zone();
            if (Result<void> begun = self->begin(zone); !begun) page = std::move(begun).error();
        }
        while (page && !*page && !self->is_over_) {
            if (auto piece = self->calls_.take(self->loop_.lock())) {
                page = std::move(*piece).transform([](Page<Piece> given) { return NextPage(std::move(given)); });
            } else if (self->calls_.is_over()) {
                self->is_over_ = true;
            } else {
                Result<Report<Metric>> report = co_await self->request();
                if (report) {
                    self->calls_.answer(*std::move(report));
                } else {
                    page = std::move(report).error();
                }
            }
        }
        self->settle(page);
        co_return page;
    }

    /// These hold the client for as long as it takes to make a request, and no longer.
    Future<TimeZone> zone() {
        const std::shared_ptr<Loop> loop = loop_.lock();
        if (!loop) return ready<TimeZone>(client_is_gone("getSite"), executor_);
        const Route<Async> route{loop, executor_};
        const CallOptions& options = calls_.options().call;
        return guarded<TimeZone>(route, options, [&] {
            if (Result<void> checked = calls_.check(*loop); !checked) {
                return ready<TimeZone>(std::move(checked).error(), executor_);
            }
            return reporting_zone(route, calls_.site(), calls_.timezone(), options);
        });
    }
    Future<Report<Metric>> request() {
        const std::shared_ptr<Loop> loop = loop_.lock();
        if (!loop) return ready<Report<Metric>>(client_is_gone("getAggregations"), executor_);
        return call(Route<Async>{loop, executor_}, calls_.next_operation(), calls_.options().call);
    }
    Result<void> begin(const Result<TimeZone>& zone) {
        const std::shared_ptr<Loop> loop = loop_.lock();
        if (!loop) return client_is_gone("getAggregations");
        return guarded<void>([&] { return calls_.begin(zone, *loop); });
    }
    void settle(const Result<NextPage>& page) {
        end_unasked(calls_.options().call);
        is_over_ = !page || !*page;
        if (!is_over_) {
            const std::scoped_lock lock(mutex_);
            place_ = (**page).data.front().place;
        }
        is_fetching_ = false;
    }

    const std::weak_ptr<Loop> loop_;
    const Executor executor_;
    HistoryCalls<Metric> calls_; ///< Of whoever fetches; there is one at a time.
    bool is_over_ = false;
    std::atomic<bool> is_fetching_{false};
    mutable std::mutex mutex_{};
    std::optional<std::string> place_;
};

template <class Metric>
[[nodiscard]] Items<HistoryPiece<Metric>> history_of(const Route<Blocking>& loop, HistoryCalls<Metric> calls) {
    return Access::make<Items<HistoryPiece<Metric>>>(std::make_unique<HistorySource<Metric>>(loop, std::move(calls)));
}

template <class Metric>
[[nodiscard]] AsyncItems<HistoryPiece<Metric>> history_of(const Route<Async>& route, HistoryCalls<Metric> calls) {
    return Access::make<AsyncItems<HistoryPiece<Metric>>>(
        route.loop, std::make_shared<AsyncHistorySource<Metric>>(route, std::move(calls)));
}

} // namespace fathom::detail
