// What goes wrong between the client and the service.
#include "emulated_service.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;
namespace faults = testing::faults;

class FaultFlow : public EmulatedService {
protected:
    [[nodiscard]] Result<Site> get_site(const CallOptions& options = {}) const {
        return client.sites().get(site, options);
    }
    /// Leaves the client with a connection to use again.
    void warm_up() {
        ASSERT_TRUE(get_site());
        emulator.clear_requests();
    }

    Client client{client_options()};
};

TEST_F(FaultFlow, IsRepeatedAfterAnOutage) {
    emulator.inject(faults::status(503), {.times = 2});
    EXPECT_TRUE(get_site());
    EXPECT_EQ(emulator.request_count(), 3U);
}

TEST_F(FaultFlow, TellsItsAttemptsWhenItGivesUp) {
    emulator.inject(faults::status(502), {.times = 0});
    const Error error = get_site().error();
    EXPECT_EQ(error.kind, ErrorKind::server);
    EXPECT_EQ(error.http_status, 502);
    EXPECT_EQ(error.attempts, 3);
    EXPECT_EQ(error.operation, "getSite");
}

TEST_F(FaultFlow, IsRepeatedAfterABrokenConnection) {
    emulator.inject(faults::drop_before_handling());
    EXPECT_TRUE(get_site());
    EXPECT_EQ(emulator.request_count(), 2U);
}

TEST_F(FaultFlow, SendsNothingBehindTheBackOfTheAttemptsWhenAUsedConnectionBreaks) {
    warm_up();
    emulator.inject(faults::drop_before_handling(), {.times = 0});
    const Error error = get_site().error();
    EXPECT_EQ(error.kind, ErrorKind::network);
    EXPECT_EQ(static_cast<std::size_t>(error.attempts), emulator.request_count());
}

TEST_F(FaultFlow, UsesANewConnectionWhereTheServiceClosedTheOldOne) {
    warm_up();
    emulator.drop_connections();
    EXPECT_TRUE(get_site());
    EXPECT_EQ(emulator.request_count(), 1U);
}

TEST_F(FaultFlow, CreatesOnceWhenTheAnswerIsLost) {
    warm_up();
    emulator.inject(faults::drop_after_handling(), {.only = {.method = "POST"}});
    const auto created = client.sites().create({.name = "Blog"});
    ASSERT_FALSE(created);
    EXPECT_EQ(created.error().kind, ErrorKind::network);
    EXPECT_EQ(emulator.request_count({.method = "POST"}), 1U);
    EXPECT_EQ(client.sites().list().collect().value().size(), 2U);
}

TEST_F(FaultFlow, RemovesASiteAlthoughTheAnswerIsLost) {
    emulator.inject(faults::drop_after_handling(), {.only = {.method = "DELETE"}});
    EXPECT_TRUE(client.sites().remove(site, irreversible));
    EXPECT_EQ(emulator.request_count({.method = "DELETE"}), 2U);
}

TEST_F(FaultFlow, IsRepeatedWhereTheAnswerBreaksOff) {
    emulator.inject(faults::drop_inside_body());
    EXPECT_TRUE(get_site());
    EXPECT_EQ(emulator.request_count(), 2U);
}

TEST_F(FaultFlow, NamesThePlaceWhereJsonBreaksOff) {
    emulator.inject(faults::truncated_json());
    const Error error = get_site().error();
    EXPECT_EQ(error.kind, ErrorKind::decode) << error;
    EXPECT_EQ(emulator.request_count(), 1U) << "what can't be read is not paid for twice";
}

TEST_F(FaultFlow, ReadsAPageOfHtmlAsAKeyThatDoesNotReachTheSite) {
    emulator.inject(faults::html_page());
    const Error error = get_site().error();
    EXPECT_EQ(error.message.find('<'), std::string::npos) << error;
    EXPECT_NE(error.kind, ErrorKind::internal);
}

TEST_F(FaultFlow, ShowsNoHtmlOfAnErrorPage) {
    emulator.inject(faults::html_page(500), {.times = 0});
    const Error error = get_site().error();
    EXPECT_EQ(error.kind, ErrorKind::server);
    EXPECT_EQ(error.message.find('<'), std::string::npos) << error;
}

TEST_F(FaultFlow, EndsAtItsDeadline) {
    emulator.inject(faults::delay(1min), {.times = 0});
    const auto begun = std::chrono::steady_clock::now();
    const Error error = get_site({.timeout = 100ms}).error();
    EXPECT_EQ(error.kind, ErrorKind::timeout);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 30s);
}

TEST_F(FaultFlow, EndsAtItsDeadlineInsideABody) {
    emulator.inject(faults::stall(5s), {.times = 0});
    EXPECT_EQ(get_site({.timeout = 100ms}).error().kind, ErrorKind::timeout);
}

TEST_F(FaultFlow, RefusesAnAnswerThatIsTooLarge) {
    ClientOptions options = client_options();
    options.connection.max_response_bytes = 1'000;
    emulator.inject(faults::answer(200, R"({"id":"A","name":")" + std::string(2'000, 'x') + R"("})"), {.times = 0});
    const Error error = Client(options).sites().get(site).error();
    EXPECT_EQ(error.kind, ErrorKind::response_too_large);
    EXPECT_EQ(emulator.request_count(), 1U);
}

TEST_F(FaultFlow, FollowsNoRedirect) {
    testing::Fault redirect = faults::answer(302, "");
    redirect.headers = {{"Location", emulator.base_url() + "/sites/" + site.str()}};
    emulator.inject(redirect, {.times = 0});
    EXPECT_EQ(get_site().error().kind, ErrorKind::unexpected_status);
    EXPECT_EQ(emulator.request_count(), 1U);
}

TEST_F(FaultFlow, TellsWhereNobodyListens) {
    ClientOptions options = client_options();
    options.base_url = "http://127.0.0.1:9";
    const Error error = Client(options).sites().get(site).error();
    EXPECT_EQ(error.kind, ErrorKind::network);
    EXPECT_NE(error.message.find("127.0.0.1"), std::string::npos) << error;
}

TEST_F(FaultFlow, CreatesAgainWhereNobodyListened) {
    ClientOptions options = client_options();
    options.base_url = "http://127.0.0.1:9";
    EXPECT_EQ(Client(options).sites().create({.name = "Blog"}).error().attempts, 3);
}

} // namespace
} // namespace fathom
