#include <fathom/limit_notice.hpp>

#include "limit_notice_state.hpp"
#include "loop.hpp"

namespace fathom::detail {

std::shared_ptr<Loop> LimitNoticeState::loop_to_drive() const {
    const std::scoped_lock lock(mutex_);
    const std::shared_ptr<Loop> loop = loop_.lock();
    return loop && loop->is_hosted_here() ? loop : nullptr;
}

} // namespace fathom::detail

namespace fathom::inline v0_2 {

LimitNotice::LimitNotice() : state_(std::make_shared<detail::LimitNoticeState>()) {}
LimitNotice::~LimitNotice() = default;

Future<std::optional<LimitWait>> LimitNotice::wait() {
    return detail::Access::make<Future<std::optional<LimitWait>>>(state_);
}

} // namespace fathom::inline v0_2
