/// @file
/// What a request reads or changes, and which reads a write makes stale.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace fathom::detail {

/// The kinds of things that the API is about.
enum class Resource : std::uint8_t {
    unknown, ///< A request of the caller's own, of which nothing is known: as a write it may change everything.
    account,
    sites,
    events,
    milestones,
    reports, ///< Aggregations and current visitors.
};

/// What a request is about.
struct Subject {
    Resource resource = Resource::unknown;
    std::string site{}; ///< Id of the site; empty where it is about none, or about all of them.

    friend bool operator==(const Subject&, const Subject&) = default;
};

/// For tables by subject.
struct SubjectHash {
    [[nodiscard]] std::size_t operator()(const Subject& subject) const noexcept {
        return std::hash<std::string>{}(subject.site) * 31 + static_cast<std::size_t>(subject.resource);
    }
};

/// Whether a write is one that takes something away.
enum class WriteKind : std::uint8_t {
    change,
    removal,
};

/// The subjects of reads that a write makes stale; empty stands for all subjects. What is read about a site depends on the
/// site itself (its time zone, say), and reports on it count what a removal takes away.
[[nodiscard]] std::vector<Subject> changed_by(const Subject& written, WriteKind kind);

} // namespace fathom::detail
