#include "wait_teller.hpp"

#include <chrono>
#include <ostream>

namespace fathom::cli {

namespace {

/// Shorter waits are over before anybody wonders.
constexpr std::chrono::seconds shortest{2};

class WaitTeller final : public Observer {
public:
    explicit WaitTeller(std::ostream& out) : out_(out) {}

    void limiter_wait_started(const LimiterWaitStarted& event) override {
        const auto wait = std::chrono::ceil<std::chrono::seconds>(event.expected);
        if (wait >= shortest) out_ << "Waiting " << wait.count() << " s for the service's limit.\n" << std::flush;
    }

private:
    std::ostream& out_;
};

} // namespace

std::shared_ptr<Observer> wait_teller(std::ostream& out) { return std::make_shared<WaitTeller>(out); }

} // namespace fathom::cli
