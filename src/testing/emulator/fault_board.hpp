/// @file
/// FaultBoard: which fault hits which request; RequestLog: which requests there were.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <vector>

#include <fathom/testing/faults.hpp>
#include <fathom/testing/recorded_request.hpp>

namespace fathom::testing::detail {

/// The faults that wait for their requests. Safe to use from any thread.
class FaultBoard {
public:
    void add(const Fault& fault, const FaultSchedule& schedule);
    void clear();
    /// The fault that hits this request, which counts as hit.
    [[nodiscard]] std::optional<Fault> take(const RecordedRequest& request);

private:
    struct Waiting {
        Fault fault;
        FaultSchedule schedule;
    };

    std::mutex mutex_;
    std::list<Waiting> waiting_;
};

/// The requests so far. Safe to use from any thread.
class RequestLog {
public:
    /// @return its number, for answered()
    std::size_t add(const RecordedRequest& request);
    /// What is cleared already is left alone.
    void answered(std::size_t number, int status);
    void clear();
    [[nodiscard]] std::vector<RecordedRequest> find(const RequestFilter& filter) const;
    [[nodiscard]] std::size_t count(const RequestFilter& filter) const;
    [[nodiscard]] bool wait_for(std::size_t count, std::chrono::milliseconds at_most,
                                const RequestFilter& filter) const;

private:
    [[nodiscard]] std::size_t count_locked(const RequestFilter& filter) const;

    mutable std::mutex mutex_;
    mutable std::condition_variable arrival_;
    std::vector<RecordedRequest> requests_;
    std::size_t cleared_ = 0; ///< How many were there before these.
};

} // namespace fathom::testing::detail
