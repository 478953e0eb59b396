#include "fixed_pace.hpp"

#include <chrono>
#include <cmath>
#include <map>
#include <random>

#include "support/limit_servers.hpp"
#include "support/samples.hpp"

namespace fathom::detail {

namespace {

using namespace std::chrono_literals;
using TimePoint = LimitingServer::TimePoint;
using Seconds = std::chrono::duration<double>;

constexpr Seconds our_window = 61s;
constexpr Seconds length = 1h;
constexpr double wanted = 300; // half of what the server serves in that time

enum class Sender : std::uint8_t { client, stranger };

class History {
public:
    explicit History(std::uint64_t seed) : random_(seed) {}

    void add_stranger() {
        for (Seconds at{up_to(12)}; at < length; at += Seconds{6 + up_to(12)}) add(at, Sender::stranger);
    }
    void add_client(double requests, Spread spread) {
        const Seconds spacing = our_window / requests;
        double number = 0;
        for (Seconds at{0}; at < length; at = spacing * ++number) {
            const double windows = std::ceil(number / requests); // those of a window are sent at its end
            add((spread == Spread::even ? at : our_window * windows) + Seconds{up_to(0.04)}, Sender::client);
        }
    }
    [[nodiscard]] PaceOutcome judge() const {
        const auto server = sliding_log(ten_a_minute, true);
        double served = 0;
        double strangers = 0;
        double strangers_served = 0;
        for (const auto& [at, sender] : arrivals_) {
            const double taken = server->takes(at) ? 1 : 0;
            if (sender == Sender::client) {
                served += taken;
            } else {
                strangers += 1;
                strangers_served += taken;
            }
        }
        return {.served = served / wanted, .stranger_kept = strangers_served / strangers};
    }

private:
    void add(Seconds at, Sender sender) {
        arrivals_.emplace(TimePoint{std::chrono::duration_cast<TimePoint::duration>(at)}, sender);
    }
    double up_to(double longest) { return std::uniform_real_distribution<double>(0, longest)(random_); }

    std::mt19937_64 random_;
    std::multimap<TimePoint, Sender> arrivals_{};
};

} // namespace

PaceOutcome keep_to_pace(double requests, Spread spread, std::uint64_t first_seed) {
    constexpr int histories = 100;
    PaceOutcome mean;
    for (std::uint64_t seed = first_seed; seed < first_seed + histories; ++seed) {
        History history(seed);
        history.add_stranger();
        history.add_client(requests, spread);
        const PaceOutcome outcome = history.judge();
        mean.served += outcome.served / histories;
        mean.stranger_kept += outcome.stranger_kept / histories;
    }
    return mean;
}

} // namespace fathom::detail
