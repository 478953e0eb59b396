#include "live.hpp"

#include <algorithm>
#include <utility>

#include "../exit_code.hpp"
#include "phrases.hpp"

namespace fathom::cli {

namespace {

template <class Duration>
std::string seconds_of(Duration duration) {
    return std::to_string(std::max<std::int64_t>(0, std::chrono::ceil<std::chrono::seconds>(duration).count())) + " s";
}

} // namespace

LivePanels::LivePanels(AsyncClient client, SiteId site, std::chrono::seconds every, PanelOptions options)
    : client_(std::move(client)), site_(std::move(site)), every_(every), options_(std::move(options)) {}

LivePanels::~LivePanels() {
    if (look_.valid()) look_.cancel(); // nobody will take it
}

void LivePanels::go_on(Clock::time_point now, std::chrono::system_clock::time_point present) {
    if (look_.valid() && look_.is_ready()) {
        next_look_at_ = now + every_;
        take(look_.get());
    }
    if (!look_.valid() && now >= next_look_at_.value_or(now)) {
        look_ = read_panels(client_, site_, std::chrono::floor<std::chrono::seconds>(present), panels_, options_);
    }
}

void LivePanels::take(Result<Panels> look) {
    if (look) {
        panels_ = *std::move(look);
        failure_.clear();
        return;
    }
    if (!panels_ && !look.error().is_transient()) throw Exception(look.error());
    failure_ = explanation_of(look.error());
    std::ranges::replace(failure_, '\n', ' ');
}

std::string LivePanels::status(Clock::time_point now, std::chrono::system_clock::time_point present) const {
    if (!look_.valid()) return "next in " + seconds_of(next_look_at_.value_or(now) - now);
    const GroupQuota quota = client_.quota().reports;
    if (quota.waiting_calls == 0) return "asking";
    return "waits " + seconds_of(quota.next_permit_at - present) +
           " for the limit: " + counted(static_cast<std::int64_t>(quota.waiting_calls), "request");
}

} // namespace fathom::cli
