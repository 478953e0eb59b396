// A report's body, that has been read already, into typed rows.
#include <map>
#include <string>

#include "support/by_hand.hpp"
#include "support/parser_alone.hpp"
#include "support/processor.hpp"
#include "support/report.hpp"
#include "support/rounds.hpp"
#include "support/sample_bodies.hpp"

namespace {

using namespace fathom::benchmark;

void measure(std::size_t rows, const Plan& plan) {
    const std::string body = report_body(rows);
    const auto timings = time_beside_each_other(
        {
            {"fathom", [&] { static_cast<void>(decoded_report(body)); }},
            {"nlohmann DOM, get_to, from_chars", [&] { static_cast<void>(by_hand::decode_rows(body)); }},
            {"nlohmann's parser, with nothing kept", [&] { parse_alone(body); }},
            {"nlohmann::json::accept", [&] { static_cast<void>(nlohmann::json::accept(body)); }},
        },
        plan);
    const std::string work =
        "report of " + std::to_string(rows) + " rows, " + std::to_string(body.size() / 1024) + " KiB";
    print_wall_ratio(work, timings, 1, 0.35);
    print_floor(timings[2], timings[1]);
    print_wall_ratio(work, timings, 3, 1.25);
}

} // namespace

int main() {
    stay_on_one_processor();
    print_head();
    measure(1'000, {.rounds = 101, .repetitions = 10});
    measure(10'000, {.rounds = 31});
    measure(100'000, {.rounds = 7});
    measure(1'000'000, {.rounds = 3});
}
