#include "response_cache.hpp"

#include <algorithm>
#include <iterator>

#include "saturated.hpp"

namespace fathom::detail {

namespace {

/// What an entry takes besides its texts: its nodes in the list and in the tables, and what the allocator adds to each
/// block.
constexpr std::size_t bookkeeping = 500;

/// Doubled with each failure in a row.
constexpr std::chrono::seconds first_refresh_pause{2};

} // namespace

std::optional<ResponseCache::Hit> ResponseCache::find(std::string_view target, TimePoint now) {
    const auto found = by_target_.find(target);
    if (found == by_target_.end()) return std::nullopt;
    const Entries::iterator entry = found->second;
    const auto age = now - entry->stored_at;
    const auto fresh_for = saturated(options_.fresh_for);
    if (age > fresh_for + saturated(options_.stale_for)) {
        drop(entry);
        return std::nullopt;
    }
    entries_.splice(entries_.begin(), entries_, entry);
    return Hit{entry->response, age <= fresh_for, now >= entry->refresh_at};
}

void ResponseCache::store(const OperationRequest& read, const HttpResponse& response, TimePoint now) {
    if (!is_enabled()) return;
    if (const auto old = by_target_.find(read.target); old != by_target_.end()) drop(old->second);
    const std::size_t bytes = bookkeeping + read.target.size() + response.body.size() + response.headers.size();
    if (bytes > options_.max_bytes) return;
    while (bytes_ + bytes > options_.max_bytes) drop(std::prev(entries_.end()));
    entries_.push_front(
        {.target = read.target, .subject = read.subject, .response = response, .stored_at = now, .bytes = bytes});
    const Entry& entry = entries_.front();
    by_target_.emplace(entry.target, entries_.begin());
    targets_.add(entry.subject, entry.target);
    bytes_ += bytes;
}

void ResponseCache::refresh_failed(std::string_view target, TimePoint now) {
    const auto found = by_target_.find(target);
    if (found == by_target_.end()) return;
    constexpr int most_doublings = 10;
    Entry& entry = *found->second;
    const auto wait = first_refresh_pause * (1 << std::min(entry.failed_refreshes++, most_doublings));
    entry.refresh_at = now + wait;
}

void ResponseCache::drop_changed_by(const OperationRequest& write) {
    for (const std::string_view target : targets_.take_changed_by(write)) drop(by_target_.at(target));
}

void ResponseCache::drop(Entries::iterator entry) {
    bytes_ -= entry->bytes;
    targets_.remove(entry->subject, entry->target);
    by_target_.erase(entry->target);
    entries_.erase(entry);
}

} // namespace fathom::detail
