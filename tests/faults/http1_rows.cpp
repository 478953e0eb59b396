#include "faulty_service.hpp"
#include "http1_faults.hpp"
#include "matrix_row.hpp"

namespace fathom::faults {

namespace {

using namespace std::chrono_literals;

/// Answers each request, and counts it.
void serve_well(Connection& connection, std::atomic<int>& taken) {
    while (!connection.read_request().empty()) {
        ++taken;
        if (!connection.send(answer())) return;
    }
}

/// Makes the same mistake each time.
class Http1Service final : public Service {
public:
    explicit Http1Service(Http1Fault fault) : fault_(std::move(fault)) {}

    [[nodiscard]] ClientOptions options() const override { return options_for(server_.url()); }
    [[nodiscard]] bool repair() override {
        is_faulty_ = false;
        return true;
    }

private:
    void serve(Connection& connection) {
        if (!is_faulty_) return serve_well(connection, taken_);
        if (!fault_.is_before_request && connection.read_request().empty()) return;
        ++taken_;
        fault_.answer(connection);
    }

    const Http1Fault fault_;
    std::atomic<bool> is_faulty_{true};
    RawServer server_{[this](Connection& connection, int) { serve(connection); }};
};

/// Breaks the connections that have been used, and serves new ones well.
class UsedConnection final : public Service {
public:
    explicit UsedConnection(std::function<void(Connection&)> break_it) : break_it_(std::move(break_it)) {}

    [[nodiscard]] ClientOptions options() const override { return options_for(server_.url()); }
    void begin() override {
        taken_ = 0;
        has_begun_ = true;
    }
    [[nodiscard]] bool repair() override { return true; }

private:
    void serve(Connection& connection) {
        const bool is_new = has_begun_;
        while (!connection.read_request().empty()) {
            ++taken_;
            if (!is_new && has_begun_) return break_it_(connection);
            if (!connection.send(answer())) return;
        }
    }

    const std::function<void(Connection&)> break_it_;
    std::atomic<bool> has_begun_{false};
    RawServer server_{[this](Connection& connection, int) { serve(connection); }};
};

Row used(std::string name, std::function<void(Connection&)> break_it) {
    return {.name = std::move(name),
            .promise = success,
            .make = [=] { return std::make_unique<UsedConnection>(break_it); },
            .attempt_timeout = 500ms,
            .starts_well = true};
}

} // namespace

std::vector<Row> http1_rows() {
    std::vector<Row> rows;
    for (const Http1Fault& fault : http1_faults()) {
        rows.push_back({.name = fault.name,
                        .promise = {fault.expected, fault.is_enough_for_remove ? success : fault.expected},
                        .make = [fault] { return std::make_unique<Http1Service>(fault); },
                        .attempt_timeout = fault.expected == ErrorKind::timeout ? 100ms : 10'000ms,
                        .counts_requests = !fault.is_before_request});
    }
    rows.push_back(used("silence of a used connection", [](Connection& c) { c.read_to_end(); }));
    rows.push_back(used("reset of a used connection", [](Connection& c) { c.reset(); }));
    rows.push_back(used("end of a used connection", [](Connection&) {}));
    return rows;
}

} // namespace fathom::faults
