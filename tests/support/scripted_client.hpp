/// @file
/// A client on a scripted transport in virtual time.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include <fathom/fathom.hpp>
#include <fathom/testing/scripted_transport.hpp>

namespace fathom {

/// A fixture with a client whose answers are scripted.
class ScriptedClient : public ::testing::Test {
protected:
    using Clock = Transport::Clock;

    static constexpr const char* site_body = R"({"id":"CDBUGS","name":"Shop"})";

    [[nodiscard]] ClientOptions options() const { return {.api_key = "secret-key", .transport = transport}; }

    /// Makes a site call that needs no permit of the scarce group.
    [[nodiscard]] static Result<Site> get_site(const Client& client, const CallOptions& call = {}) {
        return client.sites().get(SiteId{"CDBUGS"}, call);
    }
    /// Makes a call of the group `reports`.
    [[nodiscard]] static Result<CurrentVisitors> get_visitors(const Client& client, const CallOptions& call = {}) {
        return client.current_visitors().get(SiteId{"CDBUGS"}, call);
    }

    [[nodiscard]] std::size_t requests_sent() const { return transport->requests().size(); }
    [[nodiscard]] std::chrono::milliseconds elapsed() const {
        return std::chrono::duration_cast<std::chrono::milliseconds>(transport->now() - begun);
    }

    std::shared_ptr<testing::ScriptedTransport> transport = std::make_shared<testing::ScriptedTransport>();
    Clock::time_point begun = transport->now();
};

} // namespace fathom
