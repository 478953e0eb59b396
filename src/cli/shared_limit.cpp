#include "shared_limit.hpp"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <iomanip>
#include <sstream>
#include <string>

#include <fathom/client_options.hpp>
#include <fathom/rate_limit.hpp>

#include "exit_code.hpp"
#include "private_file.hpp"

namespace fathom::cli {

namespace {

constexpr const char* reports_variable = "FATHOM_REPORTS_PER_MINUTE";

std::size_t count(const std::string& text) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value == 0) {
        throw UsageError(std::string(reports_variable) + ": " + text + " is no number of at least 1");
    }
    return value;
}

/// As it would be written by who leaves it out.
std::string address_of(std::string base_url) {
    while (base_url.ends_with('/')) base_url.pop_back();
    return base_url == default_base_url ? std::string() : base_url;
}

/// FNV-1a, since std::hash may differ from run to run. Runs that go by another limit have another file.
std::string file_name(const StoredAccount& credentials, std::size_t reports) {
    std::string about = credentials.api_key + '\n' + address_of(credentials.base_url);
    if (reports != RateLimits{}.reports.requests) about += '\n' + std::to_string(reports);
    std::uint64_t hash = 14695981039346656037U;
    for (const char c : about) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    }
    std::ostringstream name;
    name << "limit-" << std::hex << std::setw(16) << std::setfill('0') << hash;
    return name.str();
}

} // namespace

SharedLimit shared_limit(const Console& console, const StoredAccount& credentials) {
    SharedLimit shared;
    if (const auto reports = console.variable(reports_variable)) shared.limits.reports.requests = count(*reports);
    if (const auto file = console.variable("FATHOM_LIMIT_FILE")) {
        shared.file = *file;
        return shared;
    }
    const std::filesystem::path folder = state_folder(console);
    make_private_folder(folder);
    shared.file = folder / file_name(credentials, shared.limits.reports.requests);
    return shared;
}

} // namespace fathom::cli
