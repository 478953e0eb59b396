// What the limiter does while Redis is away, is slow, has forgotten, or is something else.
#include <sys/time.h>

#include <algorithm>
#include <csignal>

#include "fake_server.hpp"
#include "limiter_fixture.hpp"
#include "support/limit_simulation.hpp"
#include "support/workers.hpp"

namespace fathom::redis {
namespace {

class RedisFaults : public RedisLimiter {
protected:
    static void wait_until_found(RateLimiter& limiter) {
        while (!acquire(limiter)) std::this_thread::sleep_for(10ms);
    }
};

/// As Redis sends a text.
std::string text(const std::string& content) {
    return "$" + std::to_string(content.size()) + "\r\n" + content + "\r\n";
}

/// As Redis sends an array.
std::string words(const std::vector<std::string>& contents) {
    std::string array = "*" + std::to_string(contents.size()) + "\r\n";
    for (const std::string& content : contents) array += text(content);
    return array;
}

TEST_F(RedisFaults, AForgottenScriptIsLoadedAgain) {
    const auto one = limiter();
    std::ignore = wait_for_permit(*one);
    shared_server().command({"SCRIPT", "FLUSH"});
    EXPECT_TRUE(is_granted(*one));
}

TEST_F(RedisFaults, AWipedServerStartsClosedForAWindow) {
    const auto one = limiter();
    take_all(*one);
    const auto wiped_at = Clock::now();
    shared_server().command({"FLUSHALL"});
    EXPECT_TRUE(is_denied(*one));
    std::ignore = wait_for_permit(*one);
    EXPECT_GE(Clock::now() - wiped_at, window);
}

TEST_F(RedisFaults, AWipedServerIsClosedForThoseWhoKnowNothingOfIt) {
    take_all(*limiter());
    shared_server().command({"FLUSHALL"});
    EXPECT_TRUE(is_denied(*limiter()));
}

TEST_F(RedisFaults, AWipedServerIsClosedAlthoughAnEndIsTheFirstThatItHears) {
    const auto one = limiter();
    const auto permits = take_all(*one);
    shared_server().command({"FLUSHALL"});
    release(*one, permits.front());
    EXPECT_TRUE(is_denied(*limiter()));
}

TEST_F(RedisFaults, ARestartedServerStartsClosedForAWindow) {
    RedisServer server;
    const auto one = limiter(server);
    take_all(*one);
    server.kill();
    const auto killed_at = Clock::now();
    server.start();
    wait_until_found(*one);
    std::ignore = wait_for_permit(*one);
    EXPECT_GE(Clock::now() - killed_at, window);
}

TEST_F(RedisFaults, ARestartedServerIsToldWhatLivingClientsHaveSent) {
    RedisServer server;
    const auto one = limiter(server);
    const auto permits = take_all(*one, 1h);
    for (int number = 0; number < 3; ++number) release(*one, permits[static_cast<std::size_t>(number)]);
    server.kill();
    server.start();
    wait_until_found(*one);
    std::this_thread::sleep_for(window + 200ms);
    EXPECT_EQ(count_free(*limiter(server)), 3U) << "the other seven are under way";
}

TEST_F(RedisFaults, ALimitOfAnHourIsNotClosedForAnHour) {
    const RedisServer server;
    const auto one = redis_rate_limiter(options(server.port()));
    const auto admission = one->acquire(LimitGroup::resources, Clock::now(), 1min).value();
    ASSERT_FALSE(admission.permit);
    EXPECT_LE(admission.try_again_at - Clock::now(), 2min);
}

TEST_F(RedisFaults, ProcessesKeepTheLimitWhileTheServerIsRestarted) {
    RedisServer server;
    Workers workers(place(server));
    for (int number = 0; number < 4; ++number) workers.start("4500");
    std::this_thread::sleep_for(1'500ms);
    server.kill();
    server.start();
    const auto arrivals = workers.arrivals();
    EXPECT_LE(fathom::detail::most_in_sliding_window(arrivals, window), 10U);
    EXPECT_GE(arrivals.size(), 20U); // one window before, one after
}

TEST_F(RedisFaults, CallsFailWhileTheServerIsAway) {
    RedisServer server;
    const auto one = limiter(server);
    std::ignore = wait_for_permit(*one);
    server.kill();
    const Error error = error_of(*one);
    EXPECT_EQ(error.kind, ErrorKind::network);
    EXPECT_NE(error.message.find("Redis at 127.0.0.1:" + std::to_string(server.port())), std::string::npos) << error;
}

TEST_F(RedisFaults, CallsFailInTimeWhileTheServerPauses) {
    RedisServer server;
    const auto one = limiter(server);
    std::ignore = wait_for_permit(*one);
    silence_for(server, 20s);
    const auto begun = Clock::now();
    EXPECT_EQ(error_of(*one).kind, ErrorKind::network);
    EXPECT_LT(Clock::now() - begun, 10s);
}

TEST_F(RedisFaults, AnEndThatCouldNotBeToldIsToldLater) {
    const RedisServer server;
    const auto one = limiter(server);
    const auto permits = take_all(*one, 1h);
    silence_for(server);
    for (const Permit permit : permits) release(*one, permit);
    std::this_thread::sleep_for(found_again);
    std::ignore = one->free_permits(LimitGroup::reports, Clock::now()); // tells
    std::this_thread::sleep_for(window);
    EXPECT_EQ(count_free(*limiter(server)), 10U);
}

TEST_F(RedisFaults, AClosingThatCouldNotBeToldIsToldLater) {
    const RedisServer server;
    const auto one = limiter(server);
    std::ignore = wait_for_permit(*one);
    silence_for(server);
    one->close(LimitGroup::reports, Clock::now() + 1h, Clock::now());
    std::this_thread::sleep_for(found_again);
    EXPECT_TRUE(is_denied(*one)); // and tells
    EXPECT_GE(acquire(*limiter(server)).value().try_again_at, Clock::now() + 59min);
}

TEST_F(RedisFaults, NobodyIsAskedAgainBeforeTheIntervalIsOver) {
    RedisServer server;
    RedisOptions patient = options(server.port());
    patient.reconnect_interval = 1h;
    const auto one = redis_rate_limiter(patient, limits);
    std::ignore = wait_for_permit(*one);
    silence_for(server);
    EXPECT_EQ(error_of(*one).kind, ErrorKind::network);
    Clock::duration shortest = 1h; // of some, since a busy machine may hold one up
    for (int call = 0; call < 5; ++call) {
        const auto begun = Clock::now();
        EXPECT_EQ(error_of(*one).kind, ErrorKind::network);
        shortest = std::min(shortest, Clock::now() - begun);
    }
    EXPECT_LT(shortest, patience);
}

TEST_F(RedisFaults, APasswordLogsIn) {
    const RedisServer server({"--requirepass", "open sesame"});
    EXPECT_EQ(error_of(*limiter(server)).kind, ErrorKind::network);
    RedisOptions with_password = options(server.port());
    with_password.password = "open sesame";
    std::ignore = wait_for_permit(*redis_rate_limiter(with_password, limits));
}

TEST_F(RedisFaults, AUserOfTheAccessListLogsIn) {
    shared_server().command({"ACL", "SETUSER", "limiter", "on", ">secret", "~" + test_name() + ":*", "-@all",
                             "+evalsha", "+script|load", "+time", "+hget", "+hset", "+info"});
    RedisOptions as_user = options(shared_server().port());
    as_user.username = "limiter";
    as_user.password = "wrong";
    EXPECT_EQ(error_of(*redis_rate_limiter(as_user, limits)).kind, ErrorKind::network);
    as_user.password = "secret";
    std::ignore = wait_for_permit(*redis_rate_limiter(as_user, limits));
}

TEST_F(RedisFaults, AWrongPasswordIsAnErrorThatDoesNotTellIt) {
    const RedisServer server({"--requirepass", "open sesame"});
    RedisOptions wrong = options(server.port());
    wrong.password = "hunter2";
    const Error error = error_of(*redis_rate_limiter(wrong, limits));
    EXPECT_NE(error.message.find("password"), std::string::npos) << error;
    EXPECT_EQ(error.to_string().find("hunter2"), std::string::npos) << error;
}

TEST_F(RedisFaults, AServerThatNeverAnswersCostsTheTimeOutAlone) {
    const FakeServer silent({});
    const auto one = redis_rate_limiter(options(silent.port()), limits);
    const auto begun = Clock::now();
    const Error error = error_of(*one);
    EXPECT_LT(Clock::now() - begun, 20s);
    EXPECT_NE(error.message.find("no answer within 300 ms"), std::string::npos) << error;
}

TEST_F(RedisFaults, ASignalNeitherEndsNorProlongsTheWaitForAnAnswer) {
#if defined(FATHOM_SANITIZED)
    GTEST_SKIP() << "a sanitizer hands signals on late, to the server of this test as well";
#endif
    const FakeServer silent({});
    const auto one = redis_rate_limiter(options(silent.port()), limits);
    std::signal(SIGALRM, [](int) {});
    const itimerval each_ten_milliseconds{{.tv_sec = 0, .tv_usec = 10'000}, {.tv_sec = 0, .tv_usec = 10'000}};
    ::setitimer(ITIMER_REAL, &each_ten_milliseconds, nullptr);
    const auto begun = Clock::now();
    const Error error = error_of(*one);
    const auto took = Clock::now() - begun;
    const itimerval never{};
    ::setitimer(ITIMER_REAL, &never, nullptr);
    std::signal(SIGALRM, SIG_DFL);
    EXPECT_GE(took, patience - 10ms);
    EXPECT_LT(took, 20s);
    EXPECT_NE(error.message.find("no answer within 300 ms"), std::string::npos) << error;
}

TEST_F(RedisFaults, ManySlowAnswersCostTheTimeOutOnceAndNotEach) {
    const FakeServer slow({.answers = {"+OK\r\n"}, .latency = 1'400ms});
    RedisOptions many_commands = options(slow.port());
    many_commands.password = "password";
    many_commands.database = 1;
    many_commands.timeout = 2s;
    const auto one = redis_rate_limiter(many_commands, limits);
    const auto begun = Clock::now();
    EXPECT_EQ(error_of(*one).kind, ErrorKind::network);
    EXPECT_LT(Clock::now() - begun, 2'750ms); // before the second answer
}

TEST_F(RedisFaults, AServerThatIsNotRedisIsAnError) {
    for (const char* answer :
         {"HTTP/1.1 400 Bad Request\r\n\r\n", "*0\r\n", ":1\r\n", "$3\r\nabc\r\n", "*1\r\n*0\r\n"}) {
        const FakeServer other({.answers = {answer}});
        const Error error = error_of(*redis_rate_limiter(options(other.port()), limits));
        EXPECT_EQ(error.kind, ErrorKind::network) << answer;
        EXPECT_FALSE(error.message.ends_with(": ")) << answer;
    }
}

TEST_F(RedisFaults, AServerThatHangsUpDoesNotEndTheProcess) {
    const std::string script_name = text(std::string(40, '0'));
    const std::string found = words({"0", "1700000000000000", "abc", "", "0", ""});
    const std::string written = words({"1", "1700000000000000", "", "1:1", "0", ""});
    const FakeServer rude({.answers = {script_name, found, written}, .hangs_up = true});
    const auto one = redis_rate_limiter(options(rude.port()), limits);
    ASSERT_TRUE(is_denied(*one));                       // a limit that it did not know
    std::this_thread::sleep_for(100ms);                 // it has hung up
    EXPECT_EQ(error_of(*one).kind, ErrorKind::network); // and not SIGPIPE
}

TEST_F(RedisFaults, OptionsThatMakeNoSenseDoNotHang) {
    const FakeServer silent({});
    RedisOptions no_time = options(silent.port());
    no_time.timeout = 0ms;
    EXPECT_EQ(error_of(*redis_rate_limiter(no_time, limits)).kind, ErrorKind::network);
}

} // namespace
} // namespace fathom::redis
