#include "shared_limit.hpp"

#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iomanip>
#include <sstream>
#include <string>

#include <fathom/client_options.hpp>
#include <fathom/file_rate_limiter.hpp>
#include <fathom/rate_limit.hpp>

#include "exit_code.hpp"
#include "private_file.hpp"

namespace fathom::cli {

namespace {

constexpr const char* reports_variable = "FATHOM_REPORTS_PER_MINUTE";
constexpr std::size_t most_reports = 1'000'000; // more than any plan has, and few enough to count with

std::size_t count(const std::string& text) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_number = error == std::errc{} && end == text.data() + text.size();
    if (is_number && value >= 1 && value <= most_reports) return value;
    throw UsageError(std::string(reports_variable) + ": " + text + " is no number from 1 to " +
                     std::to_string(most_reports));
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
    writing_or([&folder] { make_private_folder(folder); },
               "set XDG_STATE_HOME to a folder that can be written to, or FATHOM_LIMIT_FILE to a file in one");
    shared.file = folder / file_name(credentials, shared.limits.reports.requests);
    return shared;
}

void require_usable(const SharedLimit& shared) {
    const auto limiter = file_rate_limiter(shared.file, shared.limits);
    const auto now = RateLimiter::Clock::now();
    constexpr LimitGroup group = LimitGroup::resources;
    // As a call begins, but for that it is undone at once.
    const RateLimiter::Admission admission = limiter->acquire(group, now, std::chrono::seconds{1}).value();
    if (admission.permit) {
        limiter->release(group, *admission.permit, PermitUse::never_sent, now);
    } else {
        limiter->waiting(group, 0, now, now);
    }
}

} // namespace fathom::cli
