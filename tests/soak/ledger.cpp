#include "ledger.hpp"

#include <numeric>
#include <utility>

namespace fathom::soak {

namespace {

std::string name_of(const std::optional<ErrorKind>& outcome) {
    return outcome ? std::string(to_string(*outcome)) : "success";
}

/// The calls of this program are right, and no part of it that may fail has been replaced.
bool is_defect(ErrorKind kind) {
    return kind == ErrorKind::internal || kind == ErrorKind::would_deadlock || kind == ErrorKind::invalid_argument;
}

} // namespace

std::uint64_t Counts::all() const { return std::accumulate(failed.begin(), failed.end(), succeeded); }

Entry::~Entry() { ledger_.close(*this); }

void Entry::settle(const std::optional<ErrorKind>& outcome) noexcept {
    settled_ = outcome;
    is_settled_ = true;
}

std::shared_ptr<Entry> Ledger::begin(bool is_single) {
    ++begun_;
    return std::make_shared<Entry>(*this, is_single);
}

void Ledger::close(const Entry& entry) noexcept {
    const std::uint64_t started = entry.started_;
    const std::uint64_t ended = entry.ended_;
    if (started != ended) complain(std::to_string(started) + " calls began and " + std::to_string(ended) + " ended");
    if (entry.is_single_ && started != 1) complain("one call began " + std::to_string(started) + " times");
    const bool has_two_outcomes =
        entry.is_single_ && entry.is_settled_ && ended == 1 && entry.settled_ != entry.observed_;
    if (has_two_outcomes) {
        complain("the caller got " + name_of(entry.settled_) + " and the observer " + name_of(entry.observed_));
    }
    ++closed_;
}

std::uint64_t Ledger::calls() const {
    const std::lock_guard hold(lock_);
    return started_;
}

Counts Ledger::outcomes() const {
    const std::lock_guard hold(lock_);
    return ended_;
}

std::vector<std::string> Ledger::complaints() const {
    const std::lock_guard hold(lock_);
    return complaints_;
}

void Ledger::note_delay(std::chrono::nanoseconds delay) noexcept {
    std::chrono::nanoseconds::rep longest = longest_delay_;
    while (delay.count() > longest && !longest_delay_.compare_exchange_weak(longest, delay.count())) {
    }
}

std::chrono::milliseconds Ledger::longest_delay() const noexcept {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::nanoseconds{longest_delay_});
}

void Ledger::complain(std::string complaint) {
    constexpr std::size_t enough = 20;
    const std::lock_guard hold(lock_);
    if (complaints_.size() < enough) complaints_.push_back(std::move(complaint));
}

void Ledger::call_started(const CallStarted& event) {
    if (const auto* const entry = static_cast<const Entry*>(event.call.context.get())) ++entry->started_;
    const std::lock_guard hold(lock_);
    ++started_;
}

void Ledger::call_ended(const CallEnded& event) {
    if (event.error_type && is_defect(*event.error_type)) {
        complain(std::string(event.call.operation) + " ended with " + name_of(event.error_type));
    }
    if (const auto* const entry = static_cast<const Entry*>(event.call.context.get())) {
        entry->observed_ = event.error_type;
        ++entry->ended_;
    }
    const std::lock_guard hold(lock_);
    if (!event.error_type) {
        ++ended_.succeeded;
    } else {
        ++ended_.failed.at(static_cast<std::size_t>(*event.error_type));
    }
}

} // namespace fathom::soak
