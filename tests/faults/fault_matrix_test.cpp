// Every fault, at every kind of operation, with both clients: how the call ends and when, that a create is not sent twice,
// that nothing is left open, and that the client is of use afterwards. Prints the table that docs/reliability.md shows.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <future>
#include <iostream>
#include <iterator>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "matrix_row.hpp"
#include "operations.hpp"

namespace fathom::faults {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

std::vector<Row> all_rows() {
    std::vector<Row> all;
    for (auto rows : {http1_rows(), http2_rows(), proxy_rows(), network_rows()}) {
        std::ranges::move(rows, std::back_inserter(all));
    }
    return all;
}

/// Runs a function where the row wants to be. @return false where that is not allowed
bool run_within(const Row& row, const std::function<void()>& function) {
    if (row.within) return row.within(function);
    function();
    return true;
}

/// Patient where an answer comes that is wrong, and not where none comes.
ClientOptions options_against(const Row& row, const Service& service) {
    ClientOptions options = service.options();
    options.retry.max_attempts = 2;
    options.connection.attempt_timeout = row.attempt_timeout;
    options.connection.max_response_bytes = 100'000;
    return options;
}

std::string_view name_of(const Outcome& outcome) { return outcome ? to_string(*outcome) : "success"; }

std::optional<Error> make(const Operation& operation, const Client& client) { return operation.blocking(client); }
std::optional<Error> make(const Operation& operation, const AsyncClient& client) { return operation.async(client); }

/// Whether a client is answered, be the machine busy. @return the last error
template <class AnyClient>
std::optional<Error> read_well(const AnyClient& client) {
    const Operation read = operations().front();
    std::optional<Error> error;
    for (int attempt = 0; attempt < 5; ++attempt) {
        error = make(read, client);
        if (!error) break;
    }
    return error;
}

/// The call that took longest, of all cells.
class Slowest {
public:
    void add(Clock::duration taken, const std::string& cell) {
        const std::scoped_lock lock(mutex_);
        if (taken <= taken_) return;
        taken_ = taken;
        cell_ = cell;
    }
    [[nodiscard]] std::string text() const {
        const std::scoped_lock lock(mutex_);
        return std::to_string(std::chrono::round<std::chrono::milliseconds>(taken_).count()) + " ms (" + cell_ + ")";
    }

private:
    mutable std::mutex mutex_{};
    Clock::duration taken_{};
    std::string cell_{};
};

/// Whether nothing can ever answer there, as docs/reliability.md says.
bool is_beyond_repair(const Row& row) {
    return row.name == "connection refused" || row.name == "connection never answered" || row.name.starts_with("DNS: ");
}

/// One cell. @return how the call ended
template <class AnyClient>
Outcome run(const Row& row, const Operation& operation, Slowest& slowest) {
    const std::string cell = row.name + ", " + operation.name;
    const std::unique_ptr<Service> service = row.make();
    const AnyClient client(options_against(row, *service));
    if (row.starts_well) {
        std::ignore = read_well(client);
        service->begin();
    }
    const Clock::time_point begun = Clock::now();
    const std::optional<Error> error = make(operation, client);
    const Clock::duration taken = Clock::now() - begun;
    EXPECT_LT(taken, 20s) << cell;
    slowest.add(taken, cell);
    const Outcome outcome = error ? Outcome(error->kind) : success;
    EXPECT_EQ(name_of(outcome), name_of(row.promise.of(operation.name))) << cell << ": " << (error ? *error : Error{});
    if (operation.name == "create" && row.counts_requests) {
        EXPECT_LE(service->taken(), 1) << cell;
        EXPECT_TRUE(error || service->taken() == 1) << cell;
        const bool is_open = error && error->http_status == 0 && service->taken() > 0;
        EXPECT_TRUE(!is_open || error->may_have_taken_effect) << cell << ": " << *error;
    }
    EXPECT_TRUE(!error || error->to_string().find("secret") == std::string::npos) << cell;
    EXPECT_TRUE(!error || error->to_string().find("SECRET") == std::string::npos) << cell;
    const bool is_in_order = service->repair();
    EXPECT_NE(is_in_order, is_beyond_repair(row)) << cell;
    if (is_in_order) {
        const std::optional<Error> afterwards = read_well(client);
        EXPECT_FALSE(afterwards) << cell << ", afterwards: " << *afterwards;
    }
    return outcome;
}

/// All operations at once, each with a service and clients of its own, since most of the time they wait; one after the other
/// in a network of the row's own, which they share.
std::string line_of(const Row& row, Slowest& slowest) {
    const std::vector<Operation> all = operations();
    const std::launch policy = row.within ? std::launch::deferred : std::launch::async;
    std::vector<std::future<Outcome>> outcomes;
    for (const Operation& operation : all) {
        outcomes.push_back(std::async(policy, [&row, &operation, &slowest] {
            const Outcome blocking = run<Client>(row, operation, slowest);
            const Outcome async = run<AsyncClient>(row, operation, slowest);
            EXPECT_EQ(name_of(blocking), name_of(async)) << row.name << ", " << operation.name;
            return blocking;
        }));
    }
    std::string line = "| " + row.name + " |";
    for (std::future<Outcome>& outcome : outcomes) line.append(" ").append(name_of(outcome.get())).append(" |");
    return line;
}

std::set<std::string> lines_of_document() {
    std::ifstream document(FATHOM_SOURCE_DIR "/docs/reliability.md");
    std::set<std::string> lines;
    for (std::string line; std::getline(document, line);) lines.insert(line);
    return lines;
}

/// How many descriptors are open in this process; 0 where the system does not tell.
std::ptrdiff_t open_descriptors() {
    std::error_code error;
    const std::filesystem::directory_iterator all("/proc/self/fd", error);
    return error ? 0 : std::distance(begin(all), end(all));
}

/// Whether that many are open again, as soon as the threads have gone that nobody joins.
bool closes_down_to(std::ptrdiff_t descriptors) {
    const Clock::time_point give_up_at = Clock::now() + 20s;
    while (open_descriptors() > descriptors && Clock::now() < give_up_at) std::this_thread::sleep_for(1ms);
    return open_descriptors() <= descriptors;
}

TEST(FaultMatrix, EndsEachCallAsTheDocumentSays) {
    const std::set<std::string> documented = lines_of_document();
    const std::size_t columns = operations().size();
    std::size_t cells = 0;
    Slowest slowest;
    std::cout << "| Fault | read | list | report | visitors | create | update | remove "
                 "|\n|---|---|---|---|---|---|---|---|\n";
    for (const Row& row : all_rows()) {
        const std::ptrdiff_t descriptors = open_descriptors();
        std::string line;
        if (!run_within(row, [&] { line = line_of(row, slowest); })) {
            std::cout << "(" << row.name << ": left out, since this user may not make a network of its own)\n";
            continue;
        }
        cells += 2 * columns;
        std::cout << line << '\n';
        EXPECT_TRUE(documented.contains(line)) << "not in docs/reliability.md: " << line;
        EXPECT_TRUE(closes_down_to(descriptors)) << row.name;
    }
    std::cout << cells << " cells; the slowest call took " << slowest.text() << '\n';
}

TEST(FaultMatrix, IsWholeInTheDocument) {
    const std::vector<Row> rows = all_rows();
    const std::set<std::string> documented = lines_of_document();
    const auto is_row = [&](const std::string& line) {
        return std::ranges::any_of(rows, [&](const Row& row) { return line.starts_with("| " + row.name + " |"); });
    };
    EXPECT_EQ(std::ranges::count_if(documented, is_row), std::ssize(rows));
    const std::string cells = std::to_string(rows.size() * operations().size() * 2) + " cells";
    EXPECT_TRUE(std::ranges::any_of(documented, [&](const std::string& line) { return line.find(cells) != line.npos; }))
        << cells;
}

} // namespace
} // namespace fathom::faults
