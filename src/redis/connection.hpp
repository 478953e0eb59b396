/// @file
/// A connection to Redis that runs the limiter's script; the only room that sees hiredis.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <fathom/error.hpp>
#include <fathom/redis/redis_rate_limiter.hpp>

#include "tls.hpp"

struct redisContext;

namespace fathom::redis::detail {

/// Why a command gave no answer.
struct Lost {
    std::string why{};
    ErrorKind kind = ErrorKind::network;
    std::vector<FieldError> fields{}; ///< Options that cannot be used.
};

/// Connects when it is needed, and again after a loss. Not safe from several threads.
class Connection {
public:
    using Clock = std::chrono::steady_clock;
    using Words = std::vector<std::string>;

    explicit Connection(RedisOptions options);

    /// From now on until the next time, everything together may take RedisOptions::timeout.
    void begin_turn() noexcept;
    /// Connects unless that is done, or was tried in vain just now.
    [[nodiscard]] std::optional<Lost> connect();
    /// Counts the connections.
    [[nodiscard]] int generation() const noexcept { return generation_; }
    /// Runs the script; gives its words, as many as are expected.
    [[nodiscard]] std::variant<Words, Lost> run_script(const std::vector<std::string>& keys,
                                                       const std::vector<std::string>& arguments,
                                                       std::size_t expected_words);
    /// When a lost server is asked again.
    [[nodiscard]] Clock::time_point tries_again_at() const noexcept { return not_before_; }

private:
    struct ContextDeleter {
        void operator()(redisContext* context) const noexcept;
    };
    class Reply;

    [[nodiscard]] std::variant<Reply, Lost> send(const std::vector<std::string>& words);
    [[nodiscard]] std::optional<Lost> greet();
    [[nodiscard]] std::optional<Lost> load_script();
    [[nodiscard]] std::optional<Lost> start_tls();
    Lost lose(const std::string& why, ErrorKind kind = ErrorKind::network);
    [[nodiscard]] std::string failure() const;
    [[nodiscard]] std::chrono::milliseconds left_of_turn() const noexcept;

    RedisOptions options_;
    std::unique_ptr<Tls> tls_{};
    std::unique_ptr<redisContext, ContextDeleter> context_{};
    int generation_ = 0;
    std::string script_sha_{};
    Clock::time_point turn_ends_at_{};
    Clock::time_point not_before_{};
    Lost last_failure_{};
};

} // namespace fathom::redis::detail
