/// @file
/// Accounts for every call: what its caller got, and what the observer was told.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <fathom/fathom.hpp>

namespace fathom::soak {

inline constexpr std::size_t kinds_of_error = static_cast<std::size_t>(ErrorKind::internal) + 1;

/// How calls ended.
struct Counts {
    std::uint64_t succeeded = 0;
    std::array<std::uint64_t, kinds_of_error> failed{}; ///< By ErrorKind.

    [[nodiscard]] std::uint64_t of(ErrorKind kind) const { return failed.at(static_cast<std::size_t>(kind)); }
    [[nodiscard]] std::uint64_t all() const;
};

class Ledger;

/// What a program asked for at once: one call, or a walk of several. It goes along with the calls as their context, and is
/// closed when nobody holds it any more: neither caller nor client.
class Entry {
public:
    Entry(Ledger& ledger, bool is_single) noexcept : ledger_(ledger), is_single_(is_single) {}
    Entry(const Entry&) = delete;
    Entry& operator=(const Entry&) = delete;
    ~Entry();

    /// The caller has got this outcome; nothing for a success. Callers that want no outcome never say so.
    void settle(const std::optional<ErrorKind>& outcome) noexcept;

private:
    friend class Ledger;

    Ledger& ledger_;
    const bool is_single_;
    std::atomic<bool> is_settled_{false};
    std::optional<ErrorKind> settled_{};            // written before is_settled_
    mutable std::atomic<std::uint64_t> started_{0}; // by the observer, who sees it as a context
    mutable std::atomic<std::uint64_t> ended_{0};   //
    mutable std::optional<ErrorKind> observed_{};   // of a single call; written before ended_
};

/// The observer of all clients, and the sum of all entries. Outlives both.
class Ledger final : public Observer {
public:
    /// Begins one call, or a walk. @return the context for its calls
    [[nodiscard]] std::shared_ptr<Entry> begin_call() { return begin(true); }
    [[nodiscard]] std::shared_ptr<Entry> begin_walk() { return begin(false); }

    /// Entries that are not closed.
    [[nodiscard]] std::uint64_t open() const noexcept { return begun_ - closed_; }
    /// Calls that have begun, by the callers' and the observer's count alike.
    [[nodiscard]] std::uint64_t calls() const;
    /// How they ended.
    [[nodiscard]] Counts outcomes() const;
    /// What does not add up, for people; some of it, if it is much.
    [[nodiscard]] std::vector<std::string> complaints() const;

    /// A blocking call came back so much later than its deadline.
    void note_delay(std::chrono::nanoseconds delay) noexcept;
    [[nodiscard]] std::chrono::milliseconds longest_delay() const noexcept;

    void call_started(const CallStarted& event) override;
    void call_ended(const CallEnded& event) override;

private:
    friend class Entry;

    std::shared_ptr<Entry> begin(bool is_single);
    void close(const Entry& entry) noexcept;
    void complain(std::string complaint);

    std::atomic<std::uint64_t> begun_{0};
    std::atomic<std::uint64_t> closed_{0};
    std::atomic<std::chrono::nanoseconds::rep> longest_delay_{0};
    mutable std::mutex lock_{};
    std::uint64_t started_ = 0; // guarded by the lock, as are those below
    Counts ended_{};
    std::vector<std::string> complaints_{};
};

/// The outcome as entries have it.
template <class T>
[[nodiscard]] std::optional<ErrorKind> outcome_of(const Result<T>& result) {
    return result ? std::nullopt : std::optional(result.error().kind);
}

} // namespace fathom::soak
