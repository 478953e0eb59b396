#include "options.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <limits>
#include <stdexcept>
#include <system_error>

namespace {

constexpr int shortest_interval = 31; // as a look takes five of the ten reports a minute
constexpr int largest_port = 65'535;
constexpr int largest_number = std::numeric_limits<int>::max();

int number(const std::string& name, const std::string& text, int smallest, int largest) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc{} && end == text.data() + text.size() && value >= smallest && value <= largest) return value;
    const std::string most = largest == largest_number ? "" : " and at most " + std::to_string(largest);
    throw std::invalid_argument(name + " wants a number of at least " + std::to_string(smallest) + most);
}

void set(Options& options, const std::string& name, const std::string& value) {
    if (name == "--host") {
        options.host = value;
    } else if (name == "--name") {
        options.names.push_back(value);
    } else if (name == "--port") {
        options.port = number(name, value, 0, largest_port);
    } else if (name == "--every") {
        options.every = number(name, value, shortest_interval, largest_number);
    } else if (name == "--limit-file") {
        options.limit_file = value;
    } else if (name == "--reports-per-minute") {
        options.reports_per_minute = number(name, value, 1, largest_number);
    } else {
        throw std::invalid_argument("there is no option " + name + "; --help lists those that there are");
    }
}

void set_site(Options& options, const std::string& site) {
    if (!options.site.empty()) throw std::invalid_argument("a board shows one site, and not " + site + ", too");
    options.site = site;
}

} // namespace

const std::string_view usage = "board <site id> [--port 8080] [--host 127.0.0.1] [--every 60]\n"
                               "                [--limit-file FILE] [--reports-per-minute 10] [--name NAME]\n"
                               "The key is in FATHOM_API_KEY.\n";

std::optional<Options> options_of(const std::vector<std::string>& words) {
    if (std::ranges::find(words, "--help") != words.end()) return std::nullopt;
    Options options;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!words[i].starts_with("--")) {
            set_site(options, words[i]);
        } else if (i + 1 == words.size()) {
            throw std::invalid_argument(words[i] + " wants a value");
        } else {
            set(options, words[i], words[i + 1]);
            ++i;
        }
    }
    if (options.site.empty()) throw std::invalid_argument("which site? Its id is the first argument");
    return options;
}
