// What HTTP/2 connections may do to the calls that share them.
#include <atomic>
#include <chrono>
#include <ostream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <curl/curl.h>
#include <gtest/gtest.h>

#include "faulty_service.hpp"
#include "http2_server.hpp"

namespace fathom::faults {
namespace {

using namespace std::chrono_literals;

/// How many of 20 GETs at once on one connection succeed.
int successes_of_20(const ClientOptions& options) {
    const AsyncClient client(options);
    EXPECT_TRUE(client.sites().get(SiteId{"first"}).get()) << "opens the connection";
    std::vector<Future<Site>> sites;
    for (int number = 0; number < 20; ++number) {
        sites.push_back(client.sites().get(SiteId{"S" + std::to_string(number)}));
    }
    int count = 0;
    for (Future<Site>& site : sites) {
        const Result<Site> got = site.get();
        EXPECT_TRUE(got) << got.error();
        if (got) ++count;
    }
    return count;
}

TEST(Http2Faults, AConnectionThatGoesSilentIsNeverUsedAgain) {
    const Http2Server server([](Http2Connection& http2, Connection& connection, int number) {
        if (number > 1) return serve_well(http2);
        http2.answer(http2.next_request());
        connection.read_to_end(); // as if the network had forgotten the connection
    });
    ClientOptions options = server.options();
    options.connection.attempt_timeout = 1s;
    const Client client(options);
    ASSERT_TRUE(get(client));
    const Result<Site> second = get(client);
    EXPECT_TRUE(second) << second.error();
    for (int call = 0; call < 10; ++call) EXPECT_TRUE(get(client));
    EXPECT_EQ(server.connections(), 2);
}

/// A server whose first connection is forgotten by the network when its second request has arrived.
class ForgottenConnection : public ::testing::Test {
protected:
    void wait_for_request() const { has_come.wait(false); }

    std::atomic<bool> has_come = false;
    Http2Server server{[this](Http2Connection& http2, Connection& connection, int number) {
        if (number > 1) return serve_well(http2);
        http2.answer(http2.next_request());
        http2.next_request();
        has_come = true;
        has_come.notify_all();
        connection.read_to_end();
    }};
};

TEST_F(ForgottenConnection, IsNotUsedAfterACallWhoseOwnDeadlinePasses) {
    const Client client(server.options());
    ASSERT_TRUE(get(client));
    while (!has_come) { // on a busy machine, a call may end before it was sent
        const Result<Site> lost = client.sites().get(SiteId{"A"}, {.timeout = 300ms});
        if (lost) break; // the one before had been sent after all
        EXPECT_EQ(lost.error().kind, ErrorKind::timeout) << lost.error();
    }
    const Result<Site> next = client.sites().get(SiteId{"A"}, {.timeout = 10s});
    EXPECT_TRUE(next) << next.error();
}

TEST_F(ForgottenConnection, IsNotUsedAfterACallThatIsCancelledWhenItHasWaitedLong) {
    const AsyncClient client(server.options());
    ASSERT_TRUE(client.sites().get(SiteId{"A"}).get());
    const auto begun = std::chrono::steady_clock::now();
    Future<Site> lost = client.sites().get(SiteId{"A"}, {.timeout = 2s});
    wait_for_request();
    std::this_thread::sleep_until(begun + 1200ms);
    lost.cancel();
    const Result<Site> next = client.sites().get(SiteId{"A"}, {.timeout = 10s}).get();
    EXPECT_TRUE(next) << next.error();
}

TEST(Http2Faults, ACallThatIsUnderWayEndsOnTheConnectionThatIsGivenUp) {
    std::atomic<bool> has_timed_out = false;
    const Http2Server server([&](Http2Connection& http2, Connection&, int number) {
        if (number > 1) return serve_well(http2);
        http2.answer(http2.next_request());
        const std::uint32_t slow = http2.next_request();
        http2.next_request(); // is never answered
        has_timed_out.wait(false);
        http2.answer(slow);
        http2.next_request();
    });
    const AsyncClient client(server.options());
    ASSERT_TRUE(client.sites().get(SiteId{"first"}).get());
    Future<Site> slow = client.sites().get(SiteId{"slow"});
    EXPECT_EQ(client.sites().get(SiteId{"lost"}, {.timeout = 300ms}).get().error().kind, ErrorKind::timeout);
    EXPECT_TRUE(client.sites().get(SiteId{"next"}).get()) << "on a connection of its own";
    has_timed_out = true;
    has_timed_out.notify_all();
    const Result<Site> got = slow.get();
    EXPECT_TRUE(got) << got.error();
    EXPECT_EQ(server.connections(), 2);
}

TEST(Http2Faults, ALostConnectionFailsNoneOfTheCallsThatItCarried) {
    const Http2Server server([](Http2Connection& http2, Connection& connection, int number) {
        if (number > 1) return serve_well(http2);
        http2.answer(http2.next_request());
        for (int request = 0; request < 20; ++request) http2.next_request();
        connection.reset();
    });
    EXPECT_EQ(successes_of_20(server.options()), 20);
}

TEST(Http2Faults, AServerThatGoesAwayFailsNoCall) {
    const Http2Server server([](Http2Connection& http2, Connection& connection, int number) {
        if (number > 1) return serve_well(http2);
        http2.answer(http2.next_request());
        std::vector<std::uint32_t> streams;
        for (int request = 0; request < 20; ++request) streams.push_back(http2.next_request());
        http2.go_away(streams[4]);
        for (int request = 0; request < 5; ++request) http2.answer(streams[static_cast<std::size_t>(request)]);
        connection.read_to_end();
    });
    EXPECT_EQ(successes_of_20(server.options()), 20);
}

TEST(Http2Faults, RefusedStreamsFailNoCall) {
    const Http2Server server([](Http2Connection& http2, Connection&, int number) {
        if (number > 1) return serve_well(http2);
        http2.answer(http2.next_request());
        for (int request = 0; request < 5; ++request) http2.answer(http2.next_request());
        while (const std::uint32_t stream = http2.next_request())
            http2.reset_stream(stream, Http2Error::refused_stream);
    });
    EXPECT_EQ(successes_of_20(server.options()), 20);
}

TEST(Http2Faults, ACreateWhoseStreamWasRefusedIsSentAgain) {
    const Http2Server server([](Http2Connection& http2, Connection&, int number) {
        if (number > 1) return serve_well(http2);
        http2.reset_stream(http2.next_request(), Http2Error::refused_stream);
        http2.next_request();
    });
    const Result<Site> created = Client(server.options()).sites().create({.name = "Shop"});
    EXPECT_TRUE(created) << created.error();
}

TEST(Http2Faults, ACreateThatIsRefusedEachTimeHasNotTakenEffect) {
    const Http2Server server([](Http2Connection& http2, Connection&, int) {
        while (const std::uint32_t stream = http2.next_request())
            http2.reset_stream(stream, Http2Error::refused_stream);
    });
    const Error error = Client(server.options()).sites().create({.name = "Shop"}).error();
    EXPECT_EQ(error.kind, ErrorKind::network) << error;
    EXPECT_FALSE(error.may_have_taken_effect);
    EXPECT_TRUE(error.is_transient());
}

TEST(Http2Faults, ACreateWhoseConnectionBrokeIsNotSentAgain) {
    std::atomic<int> requests = 0;
    const Http2Server server([&](Http2Connection& http2, Connection& connection, int) {
        http2.next_request();
        ++requests;
        connection.reset();
    });
    const Error error = Client(server.options()).sites().create({.name = "Shop"}).error();
    EXPECT_EQ(error.kind, ErrorKind::network) << error;
    EXPECT_TRUE(error.may_have_taken_effect);
    EXPECT_EQ(requests, 1);
}

TEST(Http2Faults, AStreamThatBreaksLeavesTheNextAttemptAFreshConnection) {
    const Http2Server server([](Http2Connection& http2, Connection&, int number) {
        if (number > 1) return serve_well(http2);
        while (const std::uint32_t stream = http2.next_request()) http2.reset_stream(stream, Http2Error::internal);
    });
    const Client client(server.options());
    EXPECT_TRUE(get(client));
    EXPECT_EQ(server.connections(), 2);
}

TEST(Http2Faults, GoesOverHttp1WhereTheServerRequiresIt) {
    const TlsContext context = server_context(shared_identity(), "");
    std::atomic<int> over_http2 = 0;
    const RawServer server([&](Connection& connection, int) {
        if (!connection.start_tls(context.get())) return;
        if (connection.protocol() != "h2") return serve_well(connection);
        Http2Connection http2(connection);
        while (const std::uint32_t stream = http2.next_request()) {
            ++over_http2;
            http2.reset_stream(stream, Http2Error::http_1_1_required);
        }
    });
    const Client client(options_for(server, shared_identity()));
    for (int call = 0; call < 3; ++call) {
        const Result<Site> site = get(client);
        EXPECT_TRUE(site) << site.error();
    }
    EXPECT_EQ(over_http2, 1) << "it is remembered";
}

TEST(Http2Faults, ACreateThatMeetsAGoAwayIsSentAgain) {
    const Http2Server server([](Http2Connection& http2, Connection& connection, int number) {
        if (number > 1) return serve_well(http2);
        http2.next_request();
        http2.go_away(0);
        connection.read_to_end();
    });
    const Result<Site> created = Client(server.options()).sites().create({.name = "Shop"});
    EXPECT_TRUE(created) << created.error();
}

TEST(Http2Faults, ACreateThatMeetsAGoAwayWhichNamesItIsNotSentAgain) {
    const Http2Server server([](Http2Connection& http2, Connection&, int) { http2.go_away(http2.next_request()); });
    const Error error = Client(server.options()).sites().create({.name = "Shop"}).error();
    EXPECT_EQ(error.kind, ErrorKind::network) << error;
    EXPECT_TRUE(error.may_have_taken_effect);
    EXPECT_EQ(server.connections(), 1);
}

TEST(Http2Faults, OneStreamAtATimeFailsNoCall) {
    const Http2Server server([](Http2Connection& http2, Connection&, int) { serve_well(http2); },
                             setting(Setting::max_concurrent_streams, 1));
    EXPECT_EQ(successes_of_20(server.options()), 20);
}

TEST(Http2Faults, AWindowThatNeverOpensEndsTheCallAtItsDeadline) {
    const Http2Server server([](Http2Connection& http2, Connection&, int) { serve_well(http2); },
                             setting(Setting::initial_window_size, 0));
    const Client client(server.options());
    ASSERT_TRUE(get(client)) << "has no body; the settings have come before its answer";
    const auto begun = std::chrono::steady_clock::now();
    const Error error = client.sites().update(SiteId{"A"}, {.name = "Shop"}, {.timeout = 300ms}).error();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 10s);
    EXPECT_EQ(error.kind, ErrorKind::timeout) << error;
    EXPECT_TRUE(get(client));
}

TEST(Http2Faults, AnAnswerThatIsTooLargeLeavesTheNextCallAFreshConnection) {
    const Http2Server server([](Http2Connection& http2, Connection& connection, int number) {
        if (number > 1) return serve_well(http2);
        const std::uint32_t stream = http2.next_request();
        http2.send(FrameType::headers, Http2Connection::end_headers, stream, "\x88");
        constexpr std::size_t as_much_as_the_window_takes = 30'000'000;
        connection.flood(frame(FrameType::data, 0, stream, std::string(16'000, 'x')), as_much_as_the_window_takes);
        serve_well(http2);
    });
    ClientOptions options = server.options();
    options.connection.max_response_bytes = 100'000;
    const Client client(options);
    EXPECT_EQ(get(client).error().kind, ErrorKind::response_too_large);
    EXPECT_TRUE(get(client));
    EXPECT_EQ(server.connections(), 2);
}

TEST(Http2Faults, HeadersWithoutEndAreTooLarge) {
    const Http2Server server([](Http2Connection& http2, Connection& connection, int) {
        const std::uint32_t stream = http2.next_request();
        http2.send(FrameType::headers, 0, stream, "\x88");
        // A literal that no table keeps: "a", and 100 letters.
        const std::string header = std::string("\0\1a\x64", 4) + std::string(100, 'x');
        std::string block;
        while (block.size() < 16'000) block += header;
        for (int frame = 0; frame < 1'000; ++frame) http2.send(FrameType::continuation, 0, stream, block);
        connection.read_to_end();
    });
    const Error error = get(Client(server.options())).error();
    EXPECT_NE(error.kind, ErrorKind::internal) << error;
    EXPECT_LE(server.connections(), 3);
}

/// Frames to which a client has to answer, for as long as it listens.
struct Flood {
    const char* name;
    std::string frame;
    unsigned bounded_since = 0; ///< The version of libcurl, as it writes it, that was seen to come back in time.

    friend void PrintTo(const Flood& flood, std::ostream* out) { *out << flood.name; }
};

constexpr unsigned curl_8_14 = 0x080E00;

class Http2Floods : public ::testing::TestWithParam<Flood> {};

TEST_P(Http2Floods, OutlastNoDeadline) {
    const Flood& flood = GetParam();
    if (curl_version_info(CURLVERSION_NOW)->version_num < flood.bounded_since) {
        GTEST_SKIP() << curl_version() << " reads these frames for as long as they come";
    }
    constexpr std::size_t endless = 100'000'000'000;
    const Http2Server server([&](Http2Connection& http2, Connection& connection, int) {
        http2.send(FrameType::headers, Http2Connection::end_headers, http2.next_request(), "\x88");
        connection.flood(flood.frame, endless);
    });
    const Client client(server.options());
    const auto begun = std::chrono::steady_clock::now();
    const Error error = client.sites().get(SiteId{"A"}, {.timeout = 1s}).error();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 20s) << error;
    EXPECT_TRUE(error.is_transient()) << error;
}

constexpr std::uint32_t first_stream = 1;
const std::string one_byte_more("\0\0\0\1", 4);

INSTANTIATE_TEST_SUITE_P(
    AllKinds, Http2Floods,
    ::testing::Values(Flood{"Pings", frame(FrameType::ping, 0, 0, "12345678")},
                      Flood{"Settings", frame(FrameType::settings, 0, 0, "")},
                      Flood{"EmptyData", frame(FrameType::data, 0, first_stream, ""), curl_8_14},
                      Flood{"WindowUpdates", frame(FrameType::window_update, 0, first_stream, one_byte_more),
                            curl_8_14},
                      Flood{"UnknownFrames", frame(static_cast<FrameType>(0x42), 0, first_stream, "x"), curl_8_14}),
    [](const auto& flood) { return flood.param.name; });

TEST(Http2Faults, ARefusedStreamOfOneCallDoesNotLetLibcurlRepeatTheCreateOfAnother) {
    std::atomic<bool> is_creating = false;
    std::atomic<int> creates = 0;
    const Http2Server server([&](Http2Connection& http2, Connection& connection, int number) {
        int requests = 0;
        while (const std::uint32_t stream = http2.next_request()) {
            if (is_creating) {
                ++creates;
                return connection.reset(); // it may have been done, and nobody says so
            }
            if (number == 1 && ++requests == 2) {
                http2.reset_stream(stream, Http2Error::refused_stream);
            } else {
                http2.answer(stream);
            }
        }
    });
    const Client client(server.options());
    ASSERT_TRUE(get(client));
    ASSERT_TRUE(get(client)) << "the second is refused, and asked again";
    is_creating = true;
    const Result<Site> created = client.sites().create({.name = "Shop"});
    ASSERT_FALSE(created);
    EXPECT_TRUE(created.error().may_have_taken_effect);
    EXPECT_EQ(creates, 1);
}

} // namespace
} // namespace fathom::faults
