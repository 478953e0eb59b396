/// @file
/// LimitNotice: word that one call waits for the limit, as a future.
#pragma once

#include <fathom/detail/language.hpp>

#include <memory>
#include <optional>

#include <fathom/detail/access.hpp>
#include <fathom/export.hpp>
#include <fathom/future.hpp>
#include <fathom/rate_limit.hpp>

namespace fathom::detail {
class LimitNoticeState;
} // namespace fathom::detail

namespace fathom::inline v0_2 {

/// Tells whether one call waits for the limit, and when it will go: for a program that shows that to a person. Give it to the
/// call as CallOptions::limit_notice. What tells of all calls is Observer::limiter_wait_started().
///
/// @code
/// const auto notice = std::make_shared<fathom::LimitNotice>();
/// notice->wait().then([](fathom::Result<std::optional<fathom::LimitWait>> wait) {
///     if (wait.value()) show_clock((*wait)->expected_until);
/// }).detach();
/// auto report = client.aggregations().pageviews(site, query, {.limit_notice = notice});
/// @endcode
class FATHOM_EXPORT LimitNotice {
public:
    LimitNotice();
    LimitNotice(const LimitNotice&) = delete;
    LimitNotice& operator=(const LimitNotice&) = delete;
    /// Where no call was given it, there is nothing to wait for any more.
    ~LimitNotice();

    /// Ready when the call begins to wait, with how long; or when it has ended without having waited, with nothing. Its
    /// continuations run where those of an AsyncClient do; a blocking Client starts its background thread for them. To
    /// cancel the future leaves the call as it is. To be called once.
    [[nodiscard]] Future<std::optional<LimitWait>> wait();

private:
    friend struct detail::Access;

    std::shared_ptr<detail::LimitNoticeState> state_;
};

} // namespace fathom::inline v0_2
