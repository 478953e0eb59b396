// The exporter as a program that is scraped.
#include <fathom/testing/emulator.hpp>

#include <gtest/gtest.h>
#include <httplib.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "cli/command_line.hpp"
#include "cli/exporter/server.hpp"
#include "support/child_process.hpp"
#include "support/loopback.hpp"

namespace fathom::cli {
namespace {

using namespace std::chrono_literals;

std::string content_of(const std::filesystem::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

class Exporter : public ::testing::Test {
protected:
    std::string file(const std::string& name) const { return (folder.home() / name).string(); }

    std::vector<std::string> command(const std::vector<std::string>& options) const {
        std::vector<std::string> words{"/usr/bin/env",
                                       "-i",
                                       "HOME=" + folder.home().string(),
                                       "FATHOM_API_KEY=" + emulator.api_key(),
                                       "FATHOM_BASE_URL=" + emulator.base_url(),
                                       FATHOM_CLI,
                                       "exporter",
                                       "--listen",
                                       "127.0.0.1:" + std::to_string(port)};
        words.insert(words.end(), options.begin(), options.end());
        return words;
    }
    httplib::Result get(const std::string& path, const httplib::Headers& headers = {}) const {
        return httplib::Client("127.0.0.1", port).Get(path.c_str(), headers);
    }
    std::string metrics() const { return get("/metrics")->body; }
    /// Nothing tells a scraper when figures have come, so it looks again and again.
    bool shows(const std::string& line) const {
        for (int i = 0; i < 3000; ++i) {
            if (metrics().find(line + '\n') != std::string::npos) return true;
            std::this_thread::sleep_for(10ms);
        }
        return false;
    }

    testing::Emulator emulator{{.dialect = testing::Dialect::live, .sample_data = testing::SampleData::none}};
    std::string shop = emulator.add_site({.id = "SHOP", .name = "The \"shop\"", .timezone = "Europe/Berlin"});
    CommandLine folder{};
    int port = free_port();
};

TEST(HttpServer, EndsThoughItHasHardlyBegun) {
    for (int i = 0; i < 100; ++i) {
        const HttpServer server({.host = "127.0.0.1", .port = 0}, [](auto, auto) { return HttpReply{}; });
    }
}

/// A connection that has begun a request.
class Unfinished {
public:
    Unfinished(int port, const std::string& beginning) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        const sockaddr_in address = loopback(port);
        if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
            ::send(socket_, beginning.data(), beginning.size(), MSG_NOSIGNAL);
    }
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;
    ~Unfinished() { ::close(socket_); }

    [[nodiscard]] bool send(const std::string& more) const {
        return ::send(socket_, more.data(), more.size(), MSG_NOSIGNAL) > 0;
    }
    /// What comes until the server closes the connection.
    [[nodiscard]] std::string read() const {
        std::string all;
        char bytes[4096];
        for (ssize_t count = 0; (count = ::recv(socket_, bytes, sizeof bytes, 0)) > 0;)
            all.append(bytes, static_cast<std::size_t>(count));
        return all;
    }

private:
    int socket_;
};

class HttpServerAnswers : public ::testing::Test {
protected:
    [[nodiscard]] int port() const { return std::stoi(server.url().substr(server.url().rfind(':') + 1)); }

    HttpServer server{{.host = "127.0.0.1", .port = 0}, [](auto path, auto) {
                          return HttpReply{
                              .status = path == "/" ? 200 : 404, .content_type = "text/plain", .body = "figures"};
                      }};
    httplib::Client client{"127.0.0.1", port()};
};

TEST_F(HttpServerAnswers, WhileOthersSayNothing) {
    std::vector<std::unique_ptr<Unfinished>> silent;
    for (int i = 0; i < 40; ++i) silent.push_back(std::make_unique<Unfinished>(port(), "GET /met"));
    client.set_read_timeout(4s);
    const auto answer = client.Get("/");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "figures");
}

TEST(HttpServer, EndsThoughSomebodySendsARequestByteAfterByte) {
    auto server = std::make_unique<HttpServer>(ListenAddress{.host = "127.0.0.1", .port = 0},
                                               [](auto, auto) { return HttpReply{}; });
    const int port = std::stoi(server->url().substr(server->url().rfind(':') + 1));
    const Unfinished slow(port, "GET /metrics HTTP/1.1\r\nX: ");
    std::atomic<bool> is_over = false;
    std::jthread trickle([&] {
        while (!is_over && slow.send("x")) std::this_thread::sleep_for(50ms);
    });
    std::this_thread::sleep_for(100ms); // it is being read
    const auto begin = std::chrono::steady_clock::now();
    server.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 10s) << "and not as long as the client likes";
    EXPECT_FALSE(is_over.exchange(true));
}

TEST_F(HttpServerAnswers, ARequestThatNamesTheWholeAddress) {
    const Unfinished whole(port(), "GET http://figures.test/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const std::string answer = whole.read();
    EXPECT_EQ(answer.substr(0, 12), "HTTP/1.1 200") << answer;
    EXPECT_NE(answer.find("Vary: Accept"), std::string::npos) << answer;
}

TEST_F(HttpServerAnswers, NoMethodThatChanges) {
    EXPECT_EQ(client.Post("/", "x", "text/plain")->status, 405);
    EXPECT_EQ(client.Delete("/")->get_header_value("Allow"), "GET, HEAD");
    const Unfinished endless(port(), "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n");
    EXPECT_EQ(endless.read().substr(0, 12), "HTTP/1.1 405");
}

TEST_F(HttpServerAnswers, WithAPartWhereThatIsAsked) {
    const auto part = client.Get("/", {{"Range", "bytes=0-2"}});
    EXPECT_EQ(part->status, 206);
    EXPECT_EQ(part->body, "fig");
    EXPECT_EQ(client.Get("/nothing")->status, 404);
}

TEST_F(Exporter, AnswersScrapesFromMemory) {
    emulator.set_current_visitors("SHOP", {{.total = 3}});
    ChildProcess program(command({}), {.error = file("err")});
    program.wait_for_port(port);
    ASSERT_TRUE(shows(R"(fathom_current_visitors{site="SHOP"} 3)"));
    EXPECT_TRUE(shows(R"(fathom_site_info{site="SHOP",name="The \"shop\"",timezone="Europe/Berlin"} 1)"));
    EXPECT_TRUE(shows(R"(fathom_up{site="SHOP"} 1)"));
    const std::size_t requests = emulator.request_count();
    EXPECT_EQ(requests, 3U);
    for (int i = 0; i < 100; ++i) EXPECT_EQ(get("/metrics")->status, 200);
    EXPECT_EQ(emulator.request_count(), requests);

    EXPECT_EQ(get("/metrics")->get_header_value("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
    const auto open_metrics = get("/metrics", {{"Accept", "application/openmetrics-text; version=1.0.0"}});
    EXPECT_EQ(open_metrics->get_header_value("Content-Type"),
              "application/openmetrics-text; version=1.0.0; charset=utf-8");
    EXPECT_TRUE(open_metrics->body.ends_with("# EOF\n"));
    EXPECT_EQ(get("/healthz")->status, 200);
    EXPECT_EQ(get("/")->status, 200);
    EXPECT_EQ(get("/nothing")->status, 404);
}

TEST_F(Exporter, EndsCleanlyWhenItIsTold) {
    for (const int signal : {SIGTERM, SIGINT}) {
        port = free_port();
        ChildProcess program(command({}), {.error = file("err")});
        program.wait_for_port(port);
        ::kill(program.id(), signal);
        EXPECT_EQ(program.wait(), 0) << content_of(file("err"));
    }
}

TEST_F(Exporter, EndsWhileItWaitsForTheService) {
    emulator.inject(testing::faults::delay(60s), {.times = 1000});
    ChildProcess program(command({}), {.error = file("err")});
    program.wait_for_port(port);
    ASSERT_TRUE(emulator.wait_for_requests(1, 30s));
    EXPECT_EQ(get("/healthz")->status, 503);
    EXPECT_TRUE(shows("fathom_up 0"));
    ::kill(program.id(), SIGTERM);
    EXPECT_EQ(program.wait(), 0) << content_of(file("err"));
}

TEST_F(Exporter, SaysWhyItCannotBegin) {
    ChildProcess first(command({}), {.error = file("err")});
    first.wait_for_port(port);
    ChildProcess second(command({}), {.error = file("err2")});
    EXPECT_EQ(second.wait(), 2);
    EXPECT_NE(content_of(file("err2")).find("cannot listen at 127.0.0.1 port"), std::string::npos);

    port = free_port();
    auto words = command({});
    words[3] = "FATHOM_API_KEY=wrong";
    ChildProcess third(words, {.error = file("err3")});
    EXPECT_EQ(third.wait(), 3);
    EXPECT_NE(content_of(file("err3")).find("Run `fathom auth login`"), std::string::npos) << content_of(file("err3"));
}

TEST_F(Exporter, IsWhatPrometheusAccepts) {
    if (std::string(FATHOM_PROMTOOL).empty()) GTEST_SKIP() << "promtool is not installed (Debian's prometheus has it)";
    ChildProcess program(command({}), {.error = file("err")});
    program.wait_for_port(port);
    ASSERT_TRUE(shows(R"(fathom_visits_today{site="SHOP"} 0)"));
    std::ofstream(file("metrics")) << metrics();
    ChildProcess check({FATHOM_PROMTOOL, "check", "metrics"}, {.in = file("metrics"), .error = file("complaints")});
    EXPECT_EQ(check.wait(), 0);
    EXPECT_EQ(content_of(file("complaints")), "");
}

TEST_F(Exporter, IsWhatAnotherReaderOfOpenMetricsAccepts) {
    const std::string library = "prometheus_client.openmetrics.parser";
    const std::string python = FATHOM_SYSTEM_PYTHON;
    if (python.empty() || ChildProcess({python, "-c", "import " + library}, {.error = file("none")}).wait() != 0)
        GTEST_SKIP() << library << " is not installed (Debian's python3-prometheus-client has it)";
    ChildProcess program(command({}), {.error = file("err")});
    program.wait_for_port(port);
    ASSERT_TRUE(shows(R"(fathom_visits_today{site="SHOP"} 0)"));
    const auto answer = get("/metrics", {{"Accept", "application/openmetrics-text; version=1.0.0"}});
    EXPECT_EQ(answer->get_header_value("Content-Type"), "application/openmetrics-text; version=1.0.0; charset=utf-8");
    std::ofstream(file("metrics")) << answer->body;
    const std::string script = "import sys; from " + library +
                               " import text_fd_to_metric_families as read\n"
                               "for family in read(sys.stdin): print(family.name, family.type, len(family.samples))\n";
    ChildProcess reader({python, "-c", script},
                        {.in = file("metrics"), .out = file("read"), .error = file("complaints")});
    EXPECT_EQ(reader.wait(), 0) << content_of(file("complaints"));
    const std::string families = content_of(file("read"));
    EXPECT_NE(families.find("fathom_up gauge 1\n"), std::string::npos) << families;
    EXPECT_NE(families.find("fathom_requests counter "), std::string::npos) << families;
    EXPECT_NE(families.find("fathom_visits_today gauge 1\n"), std::string::npos) << families;
}

TEST_F(Exporter, HasAUnitThatSystemdAccepts) {
    const std::string tool = FATHOM_SYSTEMD_ANALYZE;
    if (tool.empty()) GTEST_SKIP() << "systemd-analyze is not installed";
    std::string unit = content_of(FATHOM_SOURCE_DIR "/src/cli/exporter/fathom-exporter.service.in");
    const std::string installed = "@FATHOM_BIN_FOLDER@/fathom";
    ASSERT_NE(unit.find(installed), std::string::npos);
    unit.replace(unit.find(installed), installed.size(), FATHOM_CLI);
    std::ofstream(file("fathom-exporter.service")) << unit;
    ChildProcess check({tool, "verify", "--man=no", file("fathom-exporter.service")}, {.error = file("complaints")});
    EXPECT_EQ(check.wait(), 0);
    EXPECT_EQ(content_of(file("complaints")).find("fathom-exporter"), std::string::npos)
        << content_of(file("complaints"));
}

} // namespace
} // namespace fathom::cli
