// What a recording holds, and what a replay makes of it.
#include <fathom/recording.hpp>
#include <fathom/testing/replay.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "recording/exchange.hpp"
#include "support/scripted_client.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;
using testing::replay;

class RecordingTest : public ScriptedClient {
protected:
    RecordingTest() { std::filesystem::remove(file); }
    ~RecordingTest() override { std::filesystem::remove(file); }

    [[nodiscard]] Client recorded() const {
        ClientOptions recording = options();
        recording.transport = recording_transport(file, transport).value();
        return Client(recording);
    }
    [[nodiscard]] Client replayed() const {
        ClientOptions replaying = options();
        replaying.api_key = "another";
        replaying.base_url = "https://somewhere.example/v1";
        replaying.transport = replay(file);
        return Client(replaying);
    }
    [[nodiscard]] std::string content() const {
        std::ifstream in(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    void write(const std::string& text) const { std::ofstream(file, std::ios::binary | std::ios::app) << text; }

    const std::filesystem::path file = (std::filesystem::path(::testing::TempDir()) / u8"größe-日本_")
                                           .concat(::testing::UnitTest::GetInstance()->current_test_info()->name());
    const SiteId shop{"CDBUGS"};
};

TEST_F(RecordingTest, HasALineForEachExchange) {
    transport->then({.body = R"({"id":"CDBUGS","name":"Shop"})", .headers = {{"X-Request-Id", "7"}}, .latency = 41ms});
    ASSERT_TRUE(recorded().sites().get(shop));
    EXPECT_EQ(
        content(),
        R"({"at":"2026-01-01T00:00:00Z","number":1767225600000000,"method":"GET","url":"https://api.usefathom.com/v1/sites/CDBUGS",)"
        R"("ms":41,"status":200,"headers":[["X-Request-Id","7"]],)"
        R"("body":"{\"id\":\"CDBUGS\",\"name\":\"Shop\"}"})"
        "\n");
#if !defined(_WIN32)
    EXPECT_EQ(std::filesystem::status(file).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
#endif
}

TEST_F(RecordingTest, IsReplayedInItsOrderAndWithItsLatency) {
    transport->advance(std::chrono::hours{24 * 40});
    transport->then({.body = R"({"id":"CDBUGS","name":"First"})", .latency = 2s})
        .then({.body = R"({"id":"OTHER","name":"Other"})"})
        .then({.body = R"({"id":"CDBUGS","name":"Second"})"});
    const Client client = recorded();
    for (const char* id : {"CDBUGS", "OTHER", "CDBUGS"}) ASSERT_TRUE(client.sites().get(SiteId(id)));

    ClientOptions replaying = options();
    const auto again = replay(file);
    replaying.transport = again;
    const Client replayed(replaying);
    EXPECT_EQ(again->calendar_now(), std::chrono::sys_days{2026y / std::chrono::February / 10});
    EXPECT_EQ(replayed.sites().get(SiteId("OTHER")).value().name, "Other");
    const auto start = again->now();
    EXPECT_EQ(replayed.sites().get(shop).value().name, "First");
    EXPECT_EQ(again->now() - start, 2s);
    EXPECT_EQ(replayed.sites().get(shop).value().name, "Second");
}

TEST_F(RecordingTest, AnswersEqualRequestsInTheOrderInWhichTheyWereSent) {
    transport->then({.body = "slow", .latency = 2s}).then({.body = "quick", .latency = 1s});
    const RawRequest equal{
        .method = HttpMethod::post, .path = "/equal", .body = "{}"}; // which does not share an answer
    const auto ask_twice = [&](std::shared_ptr<Transport> by) {
        ClientOptions hosted = options();
        hosted.transport = std::move(by);
        const EventLoopClient client(hosted); // whose time stands still while the requests begin
        Future<HttpResponse> first = client.request(equal);
        Future<HttpResponse> second = client.request(equal);
        client.process();
        EXPECT_EQ(first.get().value().body, "slow");
        EXPECT_EQ(second.get().value().body, "quick");
    };
    ask_twice(recording_transport(file, transport).value());
    EXPECT_LT(content().find("quick"), content().find("slow")); // as they ended
    ask_twice(replay(file));
}

TEST_F(RecordingTest, PrefersTheAnswerToTheSameBody) {
    transport->then({.body = R"({"id":"A","name":"Blog"})"}).then({.body = R"({"id":"B","name":"Shop"})"});
    const SiteCreate blog{.name = "Blog", .sharing = Sharing::private_, .share_password = "hunter2"};
    const SiteCreate shop_site{.name = "Shop"};
    const Client client = recorded();
    ASSERT_TRUE(client.sites().create(blog));
    ASSERT_TRUE(client.sites().create(shop_site));
    const Client again = replayed();
    EXPECT_EQ(again.sites().create(shop_site).value().id, SiteId("B"));
    EXPECT_EQ(again.sites().create(blog).value().id, SiteId("A")); // although its password was not recorded
}

TEST_F(RecordingTest, ReadsLinesWithoutANumber) {
    for (const std::string body : {"first", "second"}) {
        write(R"({"at":"2026-01-01T00:00:00Z","method":"GET","url":"https://x.example/v1/equal","ms":1,"status":200,)"
              R"("headers":[],"body":")" +
              body + "\"}\n");
    }
    const Client again = replayed();
    EXPECT_EQ(again.request({.path = "/equal"}).value().body, "first");
    EXPECT_EQ(again.request({.path = "/equal"}).value().body, "second");
}

TEST_F(RecordingTest, RepeatsFailuresAndRetries) {
    transport->then({.status = 503, .body = "<html>", .headers = {{"Retry-After", "30"}}})
        .then_fail({.error = {.kind = ErrorKind::tls, .message = "bad certificate", .request_sent = false}});
    const Error before = recorded().sites().get(shop).error();
    const Error after = replayed().sites().get(shop).error();
    EXPECT_EQ(after, before);
    EXPECT_EQ(after.kind, ErrorKind::tls);
    EXPECT_EQ(after.attempts, 2);
}

TEST_F(RecordingTest, LetsARequestThatWasGivenUpWaitAgain) {
    transport->then({.latency = 10s});
    const CallOptions impatient{.timeout = 3s};
    EXPECT_EQ(recorded().sites().get(shop, impatient).error().kind, ErrorKind::timeout);
    EXPECT_EQ(replayed().sites().get(shop, impatient).error().kind, ErrorKind::timeout);
}

TEST_F(RecordingTest, KeepsBodiesThatAreNoText) {
    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
    for (std::size_t length : {0U, 1U, 2U, 3U, 256U}) transport->then({.body = bytes.substr(256 - length)});
    const Client client = recorded();
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(client.request({.path = "/bytes"}));
    const Client again = replayed();
    for (std::size_t length : {0U, 1U, 2U, 3U, 256U}) {
        EXPECT_EQ(again.request({.path = "/bytes"}).value().body, bytes.substr(256 - length));
    }
}

TEST_F(RecordingTest, HoldsNoSecretWhereverItStood) {
    const std::string key = options().api_key;
    transport->then({.status = 422,
                     .body = R"({"message":"hunter2 of ann@example.org with )" + key + R"("})",
                     .headers = {{"Set-Cookie", "session=cookie1"}, {"X-Echo", "Bearer " + key + " ann@example.org"}}});
    transport->then_fail({.error = {.kind = ErrorKind::tls, .message = "by " + key + " and ann@example.org"}});
    transport->then({.body = R"({"id":"1","name":"Ann","email":"ann@example.org"})"});
    const Client client = recorded();
    EXPECT_FALSE(client.sites().create({.name = "Shop", .sharing = Sharing::private_, .share_password = "hunter2"}));
    EXPECT_FALSE(client.request({.path = "/ann%40example.org", .query = {{"key", key}, {"mail", "ann@example.org"}}}));
    ASSERT_TRUE(client.account().get());
    for (const std::string& secret :
         {key, std::string("hunter2"), std::string("example.org"), std::string("cookie1")}) {
        EXPECT_EQ(content().find(secret), std::string::npos) << secret << " in " << content();
    }
    const Client again = replayed(); // with another key in its URL
    EXPECT_FALSE(again.sites().create({.name = "Shop"}));
    EXPECT_EQ(again.request({.path = "/bob%40example.com", .query = {{"key", "another"}, {"mail", "x"}}}).error().kind,
              ErrorKind::tls);
    EXPECT_EQ(again.account().get().value().email, "***");
}

TEST_F(RecordingTest, NamesARequestThatWasNotRecorded) {
    transport->then({.body = R"({"id":"CDBUGS","name":"Shop"})"});
    ASSERT_TRUE(recorded().sites().get(shop));
    const Client again = replayed();
    const Error unknown = again.sites().remove(shop, irreversible).error();
    EXPECT_EQ(unknown.kind, ErrorKind::internal);
    EXPECT_EQ(unknown.attempts, 1);
    EXPECT_NE(unknown.message.find("DELETE /v1/sites/CDBUGS was not recorded in " + file.string()), std::string::npos)
        << unknown;
    EXPECT_NE(unknown.message.find("next is GET /v1/sites/CDBUGS"), std::string::npos) << unknown;
    ASSERT_TRUE(again.sites().get(shop));
    const Error once_more = again.sites().get(shop).error();
    EXPECT_NE(once_more.message.find("was recorded 1 time"), std::string::npos) << once_more;
}

TEST_F(RecordingTest, PassesOverALineThatACrashHasCutAndGoesOnBehindIt) {
    transport->then({.body = R"({"id":"CDBUGS","name":"Shop"})"}).then({.body = R"({"id":"CDBUGS","name":"Shop"})"});
    ASSERT_TRUE(recorded().sites().get(shop));
    write(content().substr(0, 50));
    EXPECT_TRUE(replayed().sites().get(shop));
    ASSERT_TRUE(recorded().sites().get(shop));
    const Client again = replayed();
    EXPECT_TRUE(again.sites().get(shop));
    EXPECT_TRUE(again.sites().get(shop));
    const std::string message = again.sites().get(SiteId("OTHER")).error().message;
    EXPECT_NE(message.find("; all that was is used; line 2 cannot be read"), std::string::npos) << message;
}

TEST_F(RecordingTest, IsRefusedWhereItCannotBeReadOrWritten) {
    write("{\"method\":\"GET\"}\n");
    try {
        (void)replay(file);
        FAIL();
    } catch (const std::runtime_error& problem) {
        EXPECT_NE(std::string(problem.what()).find("line 1 of the recording: "), std::string::npos) << problem.what();
    }
    EXPECT_THROW((void)replay(file / "no such file"), std::runtime_error);
    EXPECT_EQ(recording_transport(file / "no such folder" / "x", transport).error().fields.at(0).field, "file");
    const std::string too_long(300, 'x');
    const Error refusal = recording_transport(file.parent_path() / too_long, transport).error();
    EXPECT_EQ(refusal.kind, ErrorKind::invalid_argument);
    EXPECT_NE(refusal.message.find(too_long), std::string::npos) << refusal;
    EXPECT_EQ(recording_transport(file, nullptr).error().fields.at(0).field, "transport");
}

TEST_F(RecordingTest, LeavesTheEventLoopToTheTransport) {
    class Watched final : public Transport {
    public:
        void start(TransferId, const HttpRequest&) override {}
        bool abort(TransferId) override { return false; }
        void poll(Clock::duration, std::vector<Transfer>&) override {}
        void wake() noexcept override { is_woken = true; }
        [[nodiscard]] int descriptor() override { return 7; }
        [[nodiscard]] std::optional<Clock::time_point> next_due() const override { return Clock::time_point{3s}; }

        bool is_woken = false;
    };
    const auto watched = std::make_shared<Watched>();
    const auto recording = recording_transport(file, watched).value();
    recording->wake();
    EXPECT_TRUE(watched->is_woken);
    EXPECT_EQ(recording->descriptor(), 7);
    EXPECT_EQ(recording->next_due(), Transport::Clock::time_point{3s});
}

TEST(RecordedNumbers, GrowThoughTheCalendarGoesBack) {
    detail::recording::Numbers numbers;
    const std::chrono::sys_days today{2026y / std::chrono::June / 1};
    const auto first = numbers.next(today);
    EXPECT_EQ(numbers.next(today), first + 1);
    EXPECT_EQ(numbers.next(today - 1h), first + 2);
    EXPECT_EQ(numbers.next(today + 1s), first + 1'000'000);
}

TEST(VirtualCalendar, GoesOnFromWhereItIsSet) {
    testing::ScriptedTransport transport;
    transport.advance(5s);
    const std::chrono::sys_seconds leap_day = std::chrono::sys_days{2028y / std::chrono::February / 29} + 23h;
    transport.set_calendar(leap_day);
    EXPECT_EQ(transport.calendar_now(), leap_day);
    transport.advance(1h);
    EXPECT_EQ(transport.calendar_now(), leap_day + 1h);
}

} // namespace
} // namespace fathom
