#include "caller.hpp"

#include <algorithm>
#include <memory>
#include <stop_token>
#include <thread>
#include <utility>

namespace fathom::soak {

namespace {

using namespace std::chrono_literals;

/// Continues a call: has its outcome written down.
template <class T>
auto settling(std::shared_ptr<Entry> entry) {
    return [entry = std::move(entry)](Result<T> result) {
        entry->settle(outcome_of(result));
        return std::nullopt == outcome_of(result);
    };
}

template <class T>
void settle(Entry& entry, Future<T>& future) {
    const Result<T> result = future.get();
    entry.settle(outcome_of(result));
}

/// A coroutine that is the last to hold its client.
Future<std::size_t> count_milestones(AsyncClient client, SiteId site, ListOptions options) {
    std::size_t count = 0;
    auto milestones = client.milestones().list(site, options);
    while (true) {
        const auto page = co_await milestones.next_page();
        if (!page || !*page) break;
        count += (*page)->data.size();
    }
    co_return count;
}

Future<bool> get_twice(AsyncClient client, SiteId site, CallOptions first, CallOptions second) {
    const Result<Site> found = co_await client.sites().get(site, first);
    const Result<CurrentVisitors> visitors = co_await client.current_visitors().get(site, second);
    co_return found&& visitors;
}

} // namespace

ClientOptions client_options(const Common& common, std::size_t service, unsigned seed, std::size_t requests) {
    std::minstd_rand random(seed);
    ClientOptions options = common.services.options_for(service);
    options.observer = common.ledger;
    options.timeout = 2s;
    options.retry = {.base_delay = 1ms, .max_delay = 5ms, .budget = 1, .budget_reserve = 1'000};
    options.connection.connect_timeout = 1s;
    options.connection.attempt_timeout = std::chrono::milliseconds{50 + random() % 200};
    options.connection.max_response_bytes = 100'000;
    options.limits = {.resources = {.requests = requests, .window = 1s},
                      .reports = {.requests = requests, .window = 1s}};
    if (random() % 4 == 0) options.cache = {.fresh_for = 20ms, .stale_for = 50ms};
    if (random() % 2 == 0) options.limit_sharing = LimitSharing::none;
    return options;
}

void Caller::run_until(Clock::time_point end) {
    while (Clock::now() < end) act();
}

void Caller::act() {
    if (happens_once_in(4)) common_.services.disturb();
    switch (below(10)) {
    case 0:
    case 1:
    case 2: return block();
    case 3: return walk();
    case 4: return begin_several();
    case 5: return continue_one();
    case 6: return await_two();
    case 7: return walk_on();
    case 8: return leave_in_continuation();
    default: return happens_once_in(8) ? block_and_be_stopped() : begin_several();
    }
}

void Caller::block() {
    const auto entry = common_.ledger->begin_call();
    const CallOptions options = any_options(entry);
    const Client client = any_client().blocking();
    const Clock::time_point deadline = Clock::now() + options.timeout.value_or(2s);
    make_call(client, below(kinds_of_call), site(), options,
              [&](const auto& result) { entry->settle(outcome_of(result)); });
    common_.ledger->note_delay(Clock::now() - deadline);
}

void Caller::block_and_be_stopped() {
    const auto entry = common_.ledger->begin_call();
    std::stop_source stop;
    CallOptions options = any_options(entry);
    options.stop = stop.get_token();
    const std::jthread other([&stop, pause = std::chrono::microseconds{below(3'000)}] {
        std::this_thread::sleep_for(pause);
        stop.request_stop();
    });
    make_call(any_client().blocking(), below(kinds_of_call), site(), options,
              [&](const auto& result) { entry->settle(outcome_of(result)); });
}

void Caller::walk() {
    const auto entry = common_.ledger->begin_walk();
    const Client client = any_client().blocking();
    auto milestones = client.milestones().list(site(), any_list(entry));
    if (happens_once_in(2)) {
        static_cast<void>(std::move(milestones).collect(below(8)));
        return;
    }
    std::size_t left = below(8);
    for (const Result<Milestone>& milestone : milestones) {
        if (!milestone || left-- == 0) break;
    }
}

void Caller::begin_several() {
    const AsyncClient client = any_client();
    for (std::size_t left = 1 + below(12); left > 0; --left) begin(client);
}

void Caller::begin(const AsyncClient& client) {
    const auto entry = common_.ledger->begin_call();
    make_call(client, below(kinds_of_call), site(), any_options(entry), [&](auto future) {
        switch (below(5)) {
        case 0: return; // dropped: it goes on
        case 1: return future.cancel();
        case 2: {
            future.cancel();
            return settle(*entry, future);
        }
        case 3: {
            if (!future.wait_for(std::chrono::milliseconds{below(5)})) future.cancel();
            return settle(*entry, future);
        }
        default: return settle(*entry, future);
        }
    });
}

void Caller::continue_one() {
    const auto entry = common_.ledger->begin_call();
    const AsyncClient client = any_client();
    make_call(client, below(kinds_of_call), site(), any_options(entry), [&]<class T>(Future<T> future) {
        if (happens_once_in(2)) future = std::move(future).via(common_.executor);
        Future<bool> is_well = std::move(future).then(settling<T>(entry));
        if (happens_once_in(3)) is_well.cancel();
        if (happens_once_in(2)) static_cast<void>(is_well.get());
    });
}

void Caller::await_two() {
    const auto entry = common_.ledger->begin_walk();
    Future<bool> both = get_twice(any_client(), site(), any_options(entry), any_options(entry));
    if (happens_once_in(4)) both.cancel();
    if (happens_once_in(2)) static_cast<void>(both.get());
}

void Caller::walk_on() {
    const auto entry = common_.ledger->begin_walk();
    if (happens_once_in(2)) {
        auto all = any_client().milestones().list(site(), any_list(entry)).collect(below(8));
        if (happens_once_in(4)) all.cancel();
        if (happens_once_in(2)) static_cast<void>(all.get());
        return;
    }
    Future<std::size_t> count = count_milestones(any_client(), site(), any_list(entry));
    if (happens_once_in(4)) count.cancel();
    if (happens_once_in(2)) static_cast<void>(count.get());
}

/// The client's last owner is its own continuation.
void Caller::leave_in_continuation() {
    const auto entry = common_.ledger->begin_call();
    auto client = std::make_shared<AsyncClient>(new_client());
    auto got = client->sites().get(site(), any_options(entry));
    auto gone = std::move(got).then([client, entry](Result<Site> result) mutable {
        entry->settle(outcome_of(result));
        client.reset();
        return Result<void>{};
    });
    client.reset();
    if (happens_once_in(2)) static_cast<void>(gone.get());
}

AsyncClient Caller::any_client() {
    if (happens_once_in(8)) return new_client();
    return common_.clients[below(common_.clients.size())];
}

AsyncClient Caller::new_client() {
    const std::size_t requests = happens_once_in(4) ? 20 : 100'000;
    const ClientOptions options =
        client_options(common_, below(Services::count), static_cast<unsigned>(random_()), requests);
    return AsyncClient(options, happens_once_in(3) ? common_.executor : Executor());
}

CallOptions Caller::any_options(std::shared_ptr<Entry> entry) {
    CallOptions options{.context = std::move(entry)};
    if (happens_once_in(4)) options.timeout = std::chrono::milliseconds{1 + below(50)};
    if (happens_once_in(4)) options.when_limited = WhenLimited::fail;
    if (happens_once_in(4)) options.priority = Priority::interactive;
    if (happens_once_in(4)) options.cache = CacheUse::refresh;
    if (happens_once_in(4)) options.response = std::make_shared<HttpResponse>();
    return options;
}

ListOptions Caller::any_list(std::shared_ptr<Entry> entry) {
    return {.page_size = 1 + static_cast<int>(below(3)),
            .prefetch = happens_once_in(2),
            .call = any_options(std::move(entry))};
}

} // namespace fathom::soak
