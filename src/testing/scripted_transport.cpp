#include <fathom/testing/scripted_transport.hpp>

#include <algorithm>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace fathom::testing {

namespace {

using TimePoint = Transport::Clock::time_point;

constexpr TimePoint virtual_start{std::chrono::hours{1}};
constexpr std::chrono::sys_days calendar_start = std::chrono::year{2026} / std::chrono::January / 1;

constexpr Transport::Clock::duration longest_observed_step = std::chrono::milliseconds{100};

std::chrono::system_clock::duration since_start(TimePoint now) {
    return std::chrono::duration_cast<std::chrono::system_clock::duration>(now - virtual_start);
}

struct Pending {
    TimePoint due;
    Transfer transfer;
};

Pending pending(TransferId id, ScriptedTransport::Step step, const HttpRequest& request, TimePoint now) {
    const auto latency = std::visit([](const auto& scripted) { return scripted.latency; }, step);
    if (latency > request.timeout) {
        return {now + request.timeout,
                {id, TransportError{.kind = ErrorKind::timeout, .message = "the attempt timed out"}}};
    }
    if (auto* failure = std::get_if<ScriptedFailure>(&step)) return {now + latency, {id, std::move(failure->error)}};
    auto& answer = std::get<ScriptedAnswer>(step);
    return {now + latency,
            {id, HttpResponse{
                     .status = answer.status, .headers = std::move(answer.headers), .body = std::move(answer.body)}}};
}

} // namespace

struct ScriptedTransport::State {
    mutable std::mutex mutex{};
    TimePoint now = virtual_start;
    std::chrono::system_clock::time_point calendar_at_start = calendar_start;
    std::deque<Step> script{};
    std::function<Step(const HttpRequest&)> responder{};
    std::function<void(TimePoint)> observer{};
    std::vector<RecordedCall> requests{};
    std::size_t aborted = 0;
    std::map<TransferId, Pending> pending{};
    bool is_woken = false;

    std::optional<Step> next_of_script() {
        if (script.empty()) return std::nullopt;
        Step step = std::move(script.front());
        script.pop_front();
        return step;
    }

    [[nodiscard]] std::optional<TimePoint> next_due() const {
        const auto soonest = std::ranges::min_element(pending, {}, [](const auto& item) { return item.second.due; });
        return soonest == pending.end() ? std::nullopt : std::optional(soonest->second.due);
    }

    void end_due(std::vector<Transfer>& ended) {
        while (true) {
            const auto soonest =
                std::ranges::min_element(pending, {}, [](const auto& item) { return item.second.due; });
            if (soonest == pending.end() || soonest->second.due > now) return;
            ended.push_back(std::move(soonest->second.transfer));
            pending.erase(soonest);
        }
    }
};

ScriptedTransport::ScriptedTransport() : state_(std::make_unique<State>()) {}
ScriptedTransport::~ScriptedTransport() = default;

ScriptedTransport& ScriptedTransport::then(ScriptedAnswer answer) {
    const std::scoped_lock lock(state_->mutex);
    state_->script.emplace_back(std::move(answer));
    return *this;
}

ScriptedTransport& ScriptedTransport::then_fail(ScriptedFailure failure) {
    const std::scoped_lock lock(state_->mutex);
    state_->script.emplace_back(std::move(failure));
    return *this;
}

void ScriptedTransport::respond_with(std::function<Step(const HttpRequest&)> responder) {
    const std::scoped_lock lock(state_->mutex);
    state_->responder = std::move(responder);
}

void ScriptedTransport::on_time(std::function<void(Clock::time_point)> observer) {
    const std::scoped_lock lock(state_->mutex);
    state_->observer = std::move(observer);
}

void ScriptedTransport::set_calendar(std::chrono::system_clock::time_point now) {
    const std::scoped_lock lock(state_->mutex);
    state_->calendar_at_start = now - since_start(state_->now);
}

std::vector<RecordedCall> ScriptedTransport::requests() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->requests;
}

std::size_t ScriptedTransport::aborted() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->aborted;
}

void ScriptedTransport::advance(std::chrono::nanoseconds duration) {
    const std::scoped_lock lock(state_->mutex);
    state_->now += duration;
}

void ScriptedTransport::start(TransferId id, const HttpRequest& request) {
    std::unique_lock lock(state_->mutex);
    state_->requests.push_back({request, state_->now});
    const TimePoint begun = state_->now;
    std::optional<Step> step = state_->next_of_script();
    if (!step) {
        const auto responder = state_->responder;
        lock.unlock(); // it may look at this transport, or give it answers
        step = responder
                   ? responder(request)
                   : ScriptedFailure{.error = {.kind = ErrorKind::network, .message = "the script has no answer left"}};
        lock.lock();
    }
    state_->pending.emplace(id, pending(id, *std::move(step), request, begun));
}

bool ScriptedTransport::abort(TransferId id) {
    const std::scoped_lock lock(state_->mutex);
    state_->aborted += state_->pending.erase(id);
    return true;
}

void ScriptedTransport::poll(Clock::duration longest, std::vector<Transfer>& ended) {
    std::unique_lock lock(state_->mutex);
    if (std::exchange(state_->is_woken, false)) return state_->end_due(ended);
    const TimePoint until = state_->now + (state_->observer ? std::min(longest, longest_observed_step) : longest);
    state_->now = std::max(state_->now, std::min(until, state_->next_due().value_or(until)));
    if (state_->observer) {
        const auto observer = state_->observer;
        const TimePoint now = state_->now;
        lock.unlock(); // it may act on the client, which wakes this transport
        observer(now);
        lock.lock();
    }
    state_->end_due(ended);
}

void ScriptedTransport::wake() noexcept {
    const std::scoped_lock lock(state_->mutex);
    state_->is_woken = true;
}

std::optional<ScriptedTransport::Clock::time_point> ScriptedTransport::next_due() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->next_due();
}

ScriptedTransport::Clock::time_point ScriptedTransport::now() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->now;
}

std::chrono::system_clock::time_point ScriptedTransport::calendar_now() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->calendar_at_start + since_start(state_->now);
}

} // namespace fathom::testing
