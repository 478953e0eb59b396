/// @file
/// A transport that tells what would be sent.
#pragma once

#include <iosfwd>
#include <vector>

#include <fathom/transport.hpp>

namespace fathom::cli {

/// Ends a call whose request was told.
inline constexpr const char* only_told = "told, not sent";

class DryRun final : public Transport {
public:
    explicit DryRun(std::ostream& out) : out_(out) {}

    void start(TransferId id, const HttpRequest& request) override;
    bool abort(TransferId) override { return false; }
    void poll(Clock::duration longest, std::vector<Transfer>& ended) override;
    void wake() noexcept override {}

private:
    std::ostream& out_;
    std::vector<Transfer> told_{};
};

} // namespace fathom::cli
