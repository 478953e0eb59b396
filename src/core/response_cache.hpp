/// @file
/// Answers that are kept for a while.
#pragma once

#include <cstddef>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include <fathom/cache.hpp>
#include <fathom/http.hpp>
#include <fathom/transport.hpp>

#include "request.hpp"
#include "subject_index.hpp"

namespace fathom::detail {

/// Answers by target (path and query), bounded by bytes; the least recently used go first.
class ResponseCache {
public:
    using TimePoint = Transport::Clock::time_point;

    /// A kept answer.
    struct Hit {
        const HttpResponse& response; ///< Valid until the cache changes.
        bool is_fresh;                ///< Otherwise it should be asked for anew …
        bool may_refresh;             ///< … unless that was tried in vain a moment ago.
    };

    explicit ResponseCache(const CacheOptions& options) : options_(options) {}

    [[nodiscard]] bool is_enabled() const noexcept {
        return options_.fresh_for.count() > 0 || options_.stale_for.count() > 0;
    }
    /// The answer for a target, if there is one that is not too old.
    [[nodiscard]] std::optional<Hit> find(std::string_view target, TimePoint now);
    void store(const OperationRequest& read, const HttpResponse& response, TimePoint now);
    /// A stale answer could not be replaced: it is kept, and the next try waits longer with each failure in a row.
    void refresh_failed(std::string_view target, TimePoint now);
    /// Drops what a write may have changed.
    void drop_changed_by(const OperationRequest& write);
    /// Drops everything.
    void clear() noexcept {
        by_target_.clear();
        targets_.clear();
        entries_.clear();
        bytes_ = 0;
    }

    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

private:
    struct Entry {
        std::string target;
        Subject subject;
        HttpResponse response;
        TimePoint stored_at;
        std::size_t bytes;
        int failed_refreshes = 0; ///< In a row.
        TimePoint refresh_at{};   ///< Not before.
    };
    using Entries = std::list<Entry>; // most recently used first

    void drop(Entries::iterator entry);

    CacheOptions options_;
    Entries entries_{};
    std::unordered_map<std::string_view, Entries::iterator> by_target_{};
    SubjectIndex targets_{};
    std::size_t bytes_ = 0;
};

} // namespace fathom::detail
