#include <fathom/limit_notice.hpp>

#include "limit_notice_state.hpp"
#include "loop.hpp"

namespace fathom::detail {

// The loop has a lock of its own, under which it calls belong_to(): so it is asked when this one is free again.
std::shared_ptr<Loop> LimitNoticeState::loop_to_drive() const {
    const std::shared_ptr<Loop> loop = this->loop();
    return loop && loop->is_hosted_here() ? loop : nullptr;
}

std::shared_ptr<Loop> LimitNoticeState::loop() const {
    const std::scoped_lock lock(mutex_);
    return loop_.lock();
}

} // namespace fathom::detail

namespace fathom::inline v0_2 {

LimitNotice::LimitNotice() : state_(std::make_shared<detail::LimitNoticeState>()) {}
// No call will tell any more, where none has.
LimitNotice::~LimitNotice() {
    if (state_->tell(std::nullopt)) state_->deliver();
}

Future<std::optional<LimitWait>> LimitNotice::wait() {
    return detail::Access::make<Future<std::optional<LimitWait>>>(state_);
}

} // namespace fathom::inline v0_2
