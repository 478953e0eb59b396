/// @file
/// Where the limiter's script runs.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <fathom/error.hpp>

namespace fathom::redis::detail {

/// Why a command gave no answer.
struct Lost {
    std::string why{};
    ErrorKind kind = ErrorKind::network;
    std::vector<FieldError> fields{}; ///< Options that cannot be used.
};

/// Redis as the limiter sees it, and the clocks of this machine. Not safe from several threads.
class Server {
public:
    using Clock = std::chrono::steady_clock;
    using Words = std::vector<std::string>;

    Server() = default;
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    virtual ~Server() = default;

    /// From now on until the next time, everything together may take RedisOptions::timeout.
    virtual void begin_turn() noexcept = 0;
    /// Connects unless that is done, or was tried in vain just now.
    [[nodiscard]] virtual std::optional<Lost> connect() = 0;
    /// Counts the connections.
    [[nodiscard]] virtual int generation() const noexcept = 0;
    /// Runs the script, see script.hpp; gives its words, as many as are expected.
    [[nodiscard]] virtual std::variant<Words, Lost> run_script(const std::vector<std::string>& keys,
                                                               const std::vector<std::string>& arguments,
                                                               std::size_t expected_words) = 0;
    /// When a lost server is asked again.
    [[nodiscard]] virtual Clock::time_point tries_again_at() const noexcept = 0;

    [[nodiscard]] virtual Clock::time_point now() const { return Clock::now(); }
    [[nodiscard]] virtual std::chrono::system_clock::time_point calendar_now() const {
        return std::chrono::system_clock::now();
    }
};

} // namespace fathom::redis::detail
