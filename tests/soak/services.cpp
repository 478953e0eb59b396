#include "services.hpp"

#include <chrono>

#include <fathom/testing/client_options.hpp>
#include <fathom/testing/faults.hpp>

namespace fathom::soak {

namespace {

using namespace std::chrono_literals;

testing::EmulatorOptions emulator_options() {
    testing::EmulatorOptions options;
    options.dialect = testing::Dialect::live;
    options.sample_data = testing::SampleData::none;
    options.limits.enforced = false;
    return options;
}

SiteId fill(testing::Emulator& emulator) {
    const std::string site = emulator.add_site({.name = "Shop"});
    for (int number = 0; number < 6; ++number) emulator.add_milestone(site);
    emulator.add_event(site, {.name = "Sale"});
    return SiteId{site};
}

} // namespace

std::size_t Dice::below(std::size_t number) {
    const std::lock_guard hold(lock_);
    return random_() % number;
}

Services::Services(unsigned seed)
    : dice_(seed), http1_faults_(faults::http1_faults()), http2_faults_(faults::http2_faults()),
      emulator_(emulator_options()), site_(fill(emulator_)),
      http1_([this](faults::Connection& connection, int) { serve_http1(connection); }),
      http2_([this](faults::Http2Connection& http2, faults::Connection& connection, int) {
          serve_http2(http2, connection);
      }) {}

ClientOptions Services::options_for(std::size_t which) const {
    switch (which) {
    case 0: return testing::client_options(emulator_);
    case 1: return faults::options_for(http1_.url());
    default: return http2_.options();
    }
}

void Services::disturb() {
    namespace ready = testing::faults;
    const testing::FaultSchedule soon{.times = 1, .after = static_cast<int>(dice_.below(5))};
    switch (dice_.below(10)) {
    case 0: return emulator_.inject(ready::status(503), soon);
    case 1: return emulator_.inject(ready::drop_before_handling(), soon);
    case 2: return emulator_.inject(ready::drop_after_handling(), soon);
    case 3: return emulator_.inject(ready::drop_inside_body(), soon);
    case 4: return emulator_.inject(ready::delay(30ms), soon);
    case 5: return emulator_.inject(ready::stall(30ms), soon);
    case 6: return emulator_.inject(ready::truncated_json(), soon);
    case 7: return emulator_.inject(ready::html_page(), soon);
    case 8: return emulator_.inject(ready::rate_limited(std::nullopt), soon);
    default: return emulator_.drop_connections();
    }
}

void Services::serve_http1(faults::Connection& connection) {
    while (true) {
        const bool is_well = dice_.below(4) != 0;
        const faults::Http1Fault& fault = http1_faults_[dice_.below(http1_faults_.size())];
        const bool is_read = is_well || !fault.is_before_request;
        if (is_read && connection.read_request().empty()) return;
        if (!is_well) return fault.answer(connection);
        if (!connection.send(faults::answer())) return;
    }
}

void Services::serve_http2(faults::Http2Connection& http2, faults::Connection& connection) {
    while (const std::uint32_t stream = http2.next_request()) {
        const bool is_well = dice_.below(6) != 0;
        if (!is_well) return http2_faults_[dice_.below(http2_faults_.size())].answer(http2, connection, stream);
        http2.answer(stream);
    }
}

} // namespace fathom::soak
