/// @file
/// What the exporter answers over HTTP. Nothing here asks the service.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <fathom/rate_limit.hpp>

#include "figures.hpp"
#include "server.hpp"

namespace fathom::cli {

/// `/metrics`, `/healthz`, and `/`, which links to them.
class Pages {
public:
    using Clock = std::chrono::system_clock;

    /// Where its figures come from, and when they are too old.
    struct Sources {
        std::shared_ptr<const Figures> figures;
        std::function<Quota()> quota; ///< Tells how the limits stand, and sends nothing.
        std::function<Clock::time_point()> now = [] { return Clock::now(); };
        std::function<std::chrono::seconds(std::size_t sites)> stale_after;
    };

    explicit Pages(Sources sources);

    /// The answer to a GET.
    [[nodiscard]] HttpReply reply(std::string_view path, std::string_view accept) const;

private:
    [[nodiscard]] HttpReply metrics(std::string_view accept) const;
    [[nodiscard]] HttpReply health() const;

    Sources sources_;
};

} // namespace fathom::cli
