#include "response_cache.hpp"

#include <iterator>

#include "saturated.hpp"

namespace fathom::detail {

namespace {

constexpr std::string_view sites_path = "/sites/";

std::string_view path_of(std::string_view target) { return target.substr(0, target.find('?')); }

bool lies_below(std::string_view path, std::string_view upper) {
    return path.starts_with(upper) && (path.size() == upper.size() || path[upper.size()] == '/');
}

/// The (encoded) id of the site that a path is about; empty where it is about none.
std::string_view site_of(std::string_view path) {
    if (!path.starts_with(sites_path)) return {};
    path.remove_prefix(sites_path.size());
    return path.substr(0, path.find('/'));
}

/// Whether a query has a parameter of that value, whatever its name.
bool has_value(std::string_view target, std::string_view value) {
    for (std::size_t at = target.find('='); at != std::string_view::npos; at = target.find('=', at + 1)) {
        const std::string_view rest = target.substr(at + 1);
        if (rest.substr(0, rest.find('&')) == value) return true;
    }
    return false;
}

} // namespace

bool may_change(HttpMethod method, std::string_view written_target, std::string_view read_target) {
    const std::string_view written = path_of(written_target);
    const std::string_view read = path_of(read_target);
    if (lies_below(written, read) || lies_below(read, written)) return true;
    const std::string_view site = site_of(written);
    return method == HttpMethod::delete_ && !site.empty() && !read.starts_with(sites_path) &&
           has_value(read_target, site);
}

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
    return Hit{entry->response, age <= fresh_for};
}

void ResponseCache::store(std::string_view target, const HttpResponse& response, TimePoint now) {
    if (!is_enabled()) return;
    if (const auto old = by_target_.find(target); old != by_target_.end()) drop(old->second);
    const std::size_t bytes = sizeof(Entry) + target.size() + response.body.size() + response.headers.size();
    if (bytes > options_.max_bytes) return;
    while (bytes_ + bytes > options_.max_bytes) drop(std::prev(entries_.end()));
    entries_.push_front({std::string(target), response, now, bytes});
    by_target_.emplace(entries_.front().target, entries_.begin());
    bytes_ += bytes;
}

void ResponseCache::drop_changed_by(const OperationRequest& write) {
    for (auto entry = entries_.begin(); entry != entries_.end();) {
        const auto current = entry++;
        if (may_change(write.method, write.target, current->target)) drop(current);
    }
}

void ResponseCache::drop(Entries::iterator entry) {
    bytes_ -= entry->bytes;
    by_target_.erase(entry->target);
    entries_.erase(entry);
}

} // namespace fathom::detail
