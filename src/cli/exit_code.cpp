#include "exit_code.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace fathom::cli {

namespace {

std::string_view remedy_for(const Error& error) noexcept {
    switch (error.kind) {
    case ErrorKind::unauthorized: return "Run `fathom auth login`, or set FATHOM_API_KEY to a key that is valid.";
    case ErrorKind::forbidden: return "`fathom auth status` shows what the key may do.";
    case ErrorKind::not_found:
        return "`fathom sites list` shows the sites that the key reaches; events and milestones have such a list too.";
    case ErrorKind::bad_request:
    case ErrorKind::unprocessable: return "Run the command with --help to see what each option takes.";
    case ErrorKind::server: return "That is the service's own trouble: try again later.";
    case ErrorKind::network: return "Look at the connection, and try again.";
    case ErrorKind::timeout: return "Give it more time with --timeout, or try again later.";
    case ErrorKind::decode: return "The service may have changed: look for a newer version of this program.";
    case ErrorKind::response_too_large:
    case ErrorKind::truncated: return "Ask for fewer days, or group by less.";
    default: return {};
    }
}

/// From now, since the terminal's reader has a clock of their own zone.
std::string waiting_time_of(const Error& error) {
    if (!error.available_at) return {};
    const auto wait = std::chrono::ceil<std::chrono::seconds>(*error.available_at - std::chrono::system_clock::now());
    if (wait <= std::chrono::seconds{0}) return "It can be run again now.";
    return "It can be run again in " + std::to_string(wait.count()) + " s.";
}

/// A remedy that the library names to programmers, as this program's options have it.
struct Translation {
    std::string_view library;
    std::string_view program;
};
constexpr std::array translations{
    Translation{"; group by fewer fields or in shorter buckets, add filters, or take what there is: when_incomplete = "
                "WhenIncomplete::mark",
                "; group by fewer fields, by shorter times, or name conditions with --where"},
    Translation{"; name it in the query", "; name one with --timezone"},
    Translation{"; parameters go into query", "; name each parameter with --query"},
    Translation{"; set method, or put it into query", "; take another method, or --query"},
    Translation{
        "check its name, install the system's time zones (the package tzdata), or give ClientOptions::time_zones a "
        "source that knows it",
        "check its name, or install the system's time zones (the package tzdata)"},
};

std::string translated(std::string text) {
    for (const auto& [library, program] : translations) {
        const std::size_t place = text.find(library);
        if (place != std::string::npos) text.replace(place, library.size(), program);
    }
    return text;
}

} // namespace

std::string_view meaning_of(ExitCode code) noexcept {
    switch (code) {
    case ExitCode::done: return "done";
    case ExitCode::failed: return "failed in a way that has no code of its own";
    case ExitCode::usage: return "the command line is wrong, or there is no key; nothing was changed";
    case ExitCode::refused: return "the service refuses the key, or the key may not do this";
    case ExitCode::not_found: return "no such site, event or milestone, or an operation that the service has retired";
    case ExitCode::limited: return "the limit left no room in time";
    case ExitCode::no_network: return "the service cannot be reached, or fails";
    case ExitCode::partial:
        return "what was printed is not all: the service gives at most 1,000 rows, or repeats itself";
    case ExitCode::interrupted: return "ended by Ctrl-C or SIGTERM, where the same command goes on later";
    }
    return {};
}

ExitCode exit_code_of(const Error& error) noexcept {
    switch (error.kind) {
    case ErrorKind::invalid_argument: return ExitCode::usage;
    case ErrorKind::unauthorized:
    case ErrorKind::forbidden: return ExitCode::refused;
    case ErrorKind::not_found:
    case ErrorKind::gone: return ExitCode::not_found;
    case ErrorKind::rate_limited: return ExitCode::limited;
    case ErrorKind::server:
    case ErrorKind::network:
    case ErrorKind::tls:
    case ErrorKind::proxy:
    case ErrorKind::timeout: return ExitCode::no_network;
    case ErrorKind::truncated:
    case ErrorKind::pagination: return ExitCode::partial;
    default: return ExitCode::failed;
    }
}

std::string explanation_of(const Error& error) {
    std::string text = error.message.empty() ? std::string(to_string(error.kind)) : translated(error.message);
    for (const FieldError& field : error.fields) {
        const std::string message = translated(field.message);
        if (text.find(message) == std::string::npos) text += "; " + field.field + ": " + message;
    }
    if (error.may_have_taken_effect) text += " (it may have taken effect all the same: look before you try again)";
    const std::string wait = waiting_time_of(error);
    if (!wait.empty()) return text + '\n' + wait;
    const std::string_view remedy = remedy_for(error);
    return remedy.empty() ? text : text + '\n' + std::string(remedy);
}

} // namespace fathom::cli
