// What the samples are made of.
#include <algorithm>
#include <array>
#include <cstddef>

#include "sample_data.hpp"

namespace fathom::testing::detail {
namespace {

struct Referrer {
    const char* hostname;
    const char* pathname;
    const char* source;
};

struct Place {
    const char* country;
    const char* region;
    const char* city;
};

struct Device {
    const char* type;
    const char* operating_system;
    const char* browser;
};

constexpr std::array<const char*, 24> pages{"/",
                                            "/blog",
                                            "/pricing",
                                            "/docs",
                                            "/blog/hello-world",
                                            "/about",
                                            "/contact",
                                            "/features",
                                            "/docs/install",
                                            "/blog/fast-start",
                                            "/blog/privacy",
                                            "/changelog",
                                            "/docs/api",
                                            "/login",
                                            "/signup",
                                            "/blog/why-cookies-crumble",
                                            "/careers",
                                            "/blog/2024/review",
                                            "/shop",
                                            "/shop/cart",
                                            "/shop/checkout",
                                            "/legal/terms",
                                            "/legal/privacy",
                                            "/blog/größer-denken"};

constexpr std::array<Referrer, 10> referrers{{{"", "", ""},
                                              {"https://www.google.com", "/", "Google"},
                                              {"https://news.ycombinator.com", "/item", "Hacker News"},
                                              {"https://twitter.com", "/home", "Twitter"},
                                              {"https://www.bing.com", "/search", "Bing"},
                                              {"https://duckduckgo.com", "/", "DuckDuckGo"},
                                              {"https://github.com", "/explore", "GitHub"},
                                              {"https://www.reddit.com", "/r/cpp", "Reddit"},
                                              {"https://www.linkedin.com", "/feed", "LinkedIn"},
                                              {"https://lobste.rs", "/", "Lobsters"}}};

constexpr std::array<Place, 14> places{{{"US", "California", "San Francisco"},
                                        {"US", "New York", "New York"},
                                        {"DE", "Berlin", "Berlin"},
                                        {"GB", "England", "London"},
                                        {"US", "Texas", "Austin"},
                                        {"DE", "Bavaria", "Munich"},
                                        {"CA", "Ontario", "Toronto"},
                                        {"FR", "Île-de-France", "Paris"},
                                        {"NL", "North Holland", "Amsterdam"},
                                        {"IN", "Karnataka", "Bengaluru"},
                                        {"BR", "São Paulo", "São Paulo"},
                                        {"JP", "Tokyo", "Tokyo"},
                                        {"AU", "New South Wales", "Sydney"},
                                        {"SE", "Stockholm", "Stockholm"}}};

constexpr std::array<Device, 9> devices{{{"Desktop", "Windows", "Chrome"},
                                         {"Phone", "iOS", "Safari"},
                                         {"Desktop", "Mac OS", "Safari"},
                                         {"Phone", "Android", "Chrome"},
                                         {"Desktop", "Mac OS", "Chrome"},
                                         {"Desktop", "Windows", "Edge"},
                                         {"Desktop", "Linux", "Firefox"},
                                         {"Tablet", "iPadOS", "Safari"},
                                         {"Phone", "Android", "Samsung Internet"}}};

constexpr std::array<const char*, 4> campaign_sources{"newsletter", "twitter", "google", "podcast"};
constexpr std::array<const char*, 3> campaign_media{"email", "social", "cpc"};
constexpr std::array<const char*, 4> campaigns{"launch", "spring", "black-friday", "retarget"};
constexpr std::array<const char*, 3> campaign_contents{"header", "footer", "button"};
constexpr std::array<const char*, 3> campaign_terms{"analytics", "privacy", "cookie free"};
constexpr std::array<const char*, 5> keywords{"fathom", "web analytics", "gdpr analytics", "cpp sdk", "privacy"};
constexpr std::array<const char*, 3> refs{"producthunt", "friend", "badge"};

// Earlier entries are picked more often.
template <typename Value, std::size_t Size>
const Value& pick(Dice& dice, const std::array<Value, Size>& values) {
    const auto first = dice.roll(Size);
    const auto second = dice.roll(Size);
    return values[static_cast<std::size_t>(std::min(first, second))];
}

void add_campaign(Dice& dice, VisitorTraits& traits) {
    traits.utm_source = pick(dice, campaign_sources);
    traits.utm_medium = pick(dice, campaign_media);
    traits.utm_campaign = pick(dice, campaigns);
    traits.utm_content = pick(dice, campaign_contents);
    traits.utm_term = pick(dice, campaign_terms);
}

} // namespace

VisitorTraits make_traits(Dice& dice, const std::string& hostname) {
    const Referrer& referrer = pick(dice, referrers);
    const Place& place = pick(dice, places);
    const Device& device = pick(dice, devices);
    VisitorTraits traits{.hostname = hostname,
                         .pathname = pick(dice, pages),
                         .entry_page = pick(dice, pages),
                         .exit_page = pick(dice, pages),
                         .referrer_hostname = referrer.hostname,
                         .referrer_pathname = referrer.pathname,
                         .referrer_source = referrer.source,
                         .browser = device.browser,
                         .operating_system = device.operating_system,
                         .device_type = device.type,
                         .country_code = place.country,
                         .region = place.region,
                         .city = place.city};
    if (dice.chance(15)) add_campaign(dice, traits);
    if (dice.chance(10)) traits.keyword = pick(dice, keywords);
    if (dice.chance(5)) traits.ref = pick(dice, refs);
    return traits;
}

const std::vector<SampleSite>& sample_sites() {
    static const std::vector<SampleSite> sites{
        {"CDBUGS", "Bugs Bunny Portfolio", "https://bugs.example", "America/New_York", 300},
        {"ACMESHOP", "Acme Shop", "https://shop.example", "Europe/Berlin", 150},
        {"ROADRUN", "Road Runner's Blog", "https://beep.example", "UTC", 40},
        {"DAFFY", "Daffy Docs", "https://docs.example", "Asia/Kolkata", 40},
        {"TWEETYPI", "Tweety Pie", "https://tweety.example", "Australia/Lord_Howe", 20},
        {"PORKYPIG", "Porky's Farm", "https://farm.example", "America/Sao_Paulo", 20},
        {"MARVIN", "Marvin on Mars", "https://mars.example", "Pacific/Auckland", 10},
        {"WILEECO", "Wile E. Supplies", "https://supplies.example", "America/Denver", 10},
        {"SYLVEST", "Sylvester", "https://cat.example", "Europe/London", 5},
        {"PEPELEPU", "Pepé", "https://pepe.example", "Europe/Paris", 5},
        {"SPEEDYGO", "Speedy Deliveries", "https://speedy.example", "America/Mexico_City", 3},
        {"GRANNYS", "Granny's Garden", "https://garden.example", "Asia/Tokyo", 1},
    };
    return sites;
}

} // namespace fathom::testing::detail
