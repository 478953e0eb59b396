#include "http2_faults.hpp"
#include "http2_server.hpp"
#include "matrix_row.hpp"

namespace fathom::faults {

namespace {

using namespace std::chrono_literals;

/// Answers each request, and counts it.
void serve_well(Http2Connection& http2, std::atomic<int>& taken) {
    while (const std::uint32_t stream = http2.next_request()) {
        ++taken;
        http2.answer(stream);
    }
}

/// Makes the same mistake each time, or with the first connection only.
class Http2Service final : public Service {
public:
    Http2Service(Http2Fault fault, bool happens_once) : fault_(std::move(fault)), happens_once_(happens_once) {}

    [[nodiscard]] ClientOptions options() const override { return server_.options(); }
    [[nodiscard]] bool repair() override {
        is_faulty_ = false;
        return true;
    }

private:
    void serve(Http2Connection& http2, Connection& connection, int number) {
        if (!is_faulty_ || (happens_once_ && number > 1)) return serve_well(http2, taken_);
        const std::uint32_t stream = http2.next_request();
        if (stream == 0) return;
        if (!fault_.is_unprocessed) ++taken_;
        fault_.answer(http2, connection, stream);
    }

    const Http2Fault fault_;
    const bool happens_once_;
    std::atomic<bool> is_faulty_{true};
    Http2Server server_{
        [this](Http2Connection& http2, Connection& connection, int number) { serve(http2, connection, number); }};
};

/// Serves well what its settings allow to reach it.
class Http2Settings final : public Service {
public:
    explicit Http2Settings(const std::string& settings)
        : server_([this](Http2Connection& http2, Connection&, int) { serve_well(http2, taken_); }, settings) {}

    [[nodiscard]] ClientOptions options() const override { return server_.options(); }
    [[nodiscard]] bool repair() override { return true; } // nothing is broken

private:
    Http2Server server_;
};

/// Connections that have been used end in some way, and new ones are served well.
class UsedHttp2Connection final : public Service {
public:
    using Break = std::function<void(Http2Connection&, Connection&, std::uint32_t stream)>;

    explicit UsedHttp2Connection(Break break_it) : break_it_(std::move(break_it)) {}

    [[nodiscard]] ClientOptions options() const override { return server_.options(); }
    void begin() override {
        taken_ = 0;
        has_begun_ = true;
    }
    [[nodiscard]] bool repair() override { return true; }

private:
    void serve(Http2Connection& http2, Connection& connection) {
        const bool is_new = has_begun_;
        while (const std::uint32_t stream = http2.next_request()) {
            if (!is_new && has_begun_) return break_it_(http2, connection, stream);
            ++taken_;
            http2.answer(stream);
        }
    }

    const Break break_it_;
    std::atomic<bool> has_begun_{false};
    Http2Server server_{[this](Http2Connection& http2, Connection& connection, int) { serve(http2, connection); }};
};

Row once(std::string name, const Http2Fault& fault) {
    return {.name = std::move(name), .promise = success, .make = [fault] {
                return std::make_unique<Http2Service>(fault, true);
            }};
}

Row used(std::string name, UsedHttp2Connection::Break break_it) {
    return {.name = std::move(name),
            .promise = success,
            .make = [=] { return std::make_unique<UsedHttp2Connection>(break_it); },
            .attempt_timeout = 500ms,
            .starts_well = true};
}

} // namespace

std::vector<Row> http2_rows() {
    std::vector<Row> rows;
    for (const Http2Fault& fault : http2_faults()) {
        rows.push_back({.name = fault.name,
                        .promise = fault.expected,
                        .make = [fault] { return std::make_unique<Http2Service>(fault, false); },
                        .attempt_timeout = fault.expected == ErrorKind::timeout ? 200ms : 10'000ms});
        if (fault.is_unprocessed) rows.push_back(once(fault.name + ", then none", fault));
    }
    rows.push_back(used("HTTP/2: silence of a used connection",
                        [](Http2Connection&, Connection& connection, std::uint32_t) { connection.read_to_end(); }));
    rows.push_back(used("HTTP/2: reset of a used connection",
                        [](Http2Connection&, Connection& connection, std::uint32_t) { connection.reset(); }));
    rows.push_back({.name = "one stream at a time", .promise = success, .make = [] {
                        return std::make_unique<Http2Settings>(setting(Setting::max_concurrent_streams, 1));
                    }});
    return rows;
}

} // namespace fathom::faults
