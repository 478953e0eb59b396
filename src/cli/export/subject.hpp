/// @file
/// Whose history is exported.
#pragma once

#include <compare>
#include <string>

namespace fathom::cli {

/// The pageviews of a site, or one of its events.
struct ExportSubject {
    std::string site;
    std::string event{}; ///< Its name; empty: pageviews.

    friend auto operator<=>(const ExportSubject&, const ExportSubject&) = default;
};

/// For people.
[[nodiscard]] inline std::string name_of(const ExportSubject& subject) {
    return subject.event.empty() ? subject.site : subject.site + " " + subject.event;
}

} // namespace fathom::cli
