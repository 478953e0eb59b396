/// @file
/// A client on an emulated service: whole flows over real connections.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <fathom/fathom.hpp>
#include <fathom/testing/client_options.hpp>
#include <fathom/testing/emulator.hpp>
#include <fathom/testing/faults.hpp>

namespace fathom {

/// One empty site on a service whose limits let everything pass.
class EmulatedService : public ::testing::Test {
protected:
    static constexpr const char* site_name = "Shop";

    explicit EmulatedService(testing::Dialect dialect = testing::Dialect::live) : emulator(emulator_options(dialect)) {}

    [[nodiscard]] static testing::EmulatorOptions emulator_options(testing::Dialect dialect) {
        testing::EmulatorOptions options;
        options.dialect = dialect;
        options.sample_data = testing::SampleData::none;
        options.limits.enforced = false;
        return options;
    }
    /// With pauses that a test can afford.
    [[nodiscard]] ClientOptions client_options() const {
        ClientOptions options = testing::client_options(emulator);
        options.retry.base_delay = std::chrono::milliseconds{1};
        options.limits.reports.requests = 1'000;
        return options;
    }

    testing::Emulator emulator;
    SiteId site{emulator.add_site({.id = "CDBUGS", .name = site_name, .timezone = "Europe/Berlin"})};
};

/// The same test in both of the service's dialects.
class InBothDialects : public EmulatedService, public ::testing::WithParamInterface<testing::Dialect> {
protected:
    InBothDialects() : EmulatedService(GetParam()) {}

    Client client{client_options()};
};

inline std::string dialect_name(const ::testing::TestParamInfo<testing::Dialect>& info) {
    return info.param == testing::Dialect::live ? "live" : "specification";
}

} // namespace fathom

/// Runs the tests of a fixture that derives from InBothDialects.
#define FATHOM_IN_BOTH_DIALECTS(fixture)                                                                               \
    INSTANTIATE_TEST_SUITE_P(                                                                                          \
        BothDialects, fixture,                                                                                         \
        ::testing::Values(::fathom::testing::Dialect::specification, ::fathom::testing::Dialect::live),                \
        ::fathom::dialect_name)
