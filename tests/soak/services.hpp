/// @file
/// The services that the soak calls: an emulator, and two servers of which nothing good can be expected.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <vector>

#include <fathom/fathom.hpp>
#include <fathom/testing/emulator.hpp>

#include "faults/http1_faults.hpp"
#include "faults/http2_faults.hpp"
#include "faults/http2_server.hpp"
#include "faults/raw_server.hpp"

namespace fathom::soak {

/// Chooses among few, from any thread.
class Dice {
public:
    explicit Dice(unsigned seed) : random_(seed) {}
    /// A number below that one.
    [[nodiscard]] std::size_t below(std::size_t number);

private:
    std::mutex lock_{};
    std::minstd_rand random_;
};

/// All that answers calls; lives for a round.
class Services {
public:
    explicit Services(unsigned seed);

    static constexpr std::size_t count = 3;
    /// For a client of one of them. @param which below count
    [[nodiscard]] ClientOptions options_for(std::size_t which) const;
    /// Lets something go wrong at the emulator.
    void disturb();

    [[nodiscard]] const SiteId& site() const noexcept { return site_; }

private:
    void serve_http1(faults::Connection& connection);
    void serve_http2(faults::Http2Connection& http2, faults::Connection& connection);

    Dice dice_;
    const std::vector<faults::Http1Fault> http1_faults_;
    const std::vector<faults::Http2Fault> http2_faults_;
    testing::Emulator emulator_;
    SiteId site_;
    faults::RawServer http1_;
    faults::Http2Server http2_;
};

} // namespace fathom::soak
