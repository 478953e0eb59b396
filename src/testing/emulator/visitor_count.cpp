#include "visitor_count.hpp"

#include <algorithm>
#include <chrono>

namespace fathom::testing::detail {
namespace {

std::int64_t day_of(std::int64_t unix_time) {
    return std::chrono::floor<std::chrono::days>(std::chrono::seconds{unix_time}).count();
}

} // namespace

void VisitorCount::add(std::int64_t unix_time, std::int64_t visitors, std::int64_t count, VisitorSignature signature) {
    if (visitors == 0) {
        strangers_ += count;
    } else {
        groups_.push_back({signature == VisitorSignature::daily ? day_of(unix_time) : 0, visitors, count});
    }
}

std::int64_t VisitorCount::total() {
    // The largest row of each group comes first in the reverse order.
    std::ranges::sort(groups_, std::ranges::greater{});
    std::int64_t total = strangers_;
    const Group* counted = nullptr;
    for (const Group& group : groups_) {
        const bool is_new = counted == nullptr || counted->day != group.day || counted->visitors != group.visitors;
        if (is_new) total += group.count;
        counted = &group;
    }
    return total;
}

} // namespace fathom::testing::detail
