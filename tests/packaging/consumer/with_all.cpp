// Every library in one program, as who reviews a package links them: with their headers alone, and without a macro.
#include <iostream>

#include <fathom/fathom.hpp>
#include <fathom/redis/redis_rate_limiter.hpp>
#include <fathom/testing/client_options.hpp>
#include <fathom/testing/emulator.hpp>
#include <fathom/zones/date_time_zones.hpp>

int main() {
    fathom::testing::Emulator emulator{{.sample_data = fathom::testing::SampleData::none}};
    const fathom::SiteId id{emulator.add_site({.name = "Shop"})};

    fathom::ClientOptions options = fathom::testing::client_options(emulator);
    options.time_zones = fathom::zones::date_time_zones();
    const bool has_zones = fathom::TimeZone::find("Etc/UTC", options.time_zones).has_value();
    const auto found = fathom::Client{options}.sites().get(id);

    options.rate_limiter = fathom::redis::redis_rate_limiter({.port = 9});
    const auto unlimited = fathom::Client{options}.sites().get(id); // Redis is not there

    if (!has_zones || !found || found->name != "Shop" || unlimited) {
        std::cerr << "zones: " << has_zones << ", emulator: " << found.has_value()
                  << ", without Redis: " << unlimited.has_value() << '\n';
        return 1;
    }
    std::cout << unlimited.error() << '\n';
    return unlimited.error().message.find("Redis") != std::string::npos ? 0 : 1;
}
