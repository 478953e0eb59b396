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

#include "../platform/name_lookup.hpp"
#include "server.hpp"
#include "tls.hpp"

struct redisContext;

namespace fathom::redis::detail {

/// Connects when it is needed, and again after a loss. Not safe from several threads.
class Connection final : public Server {
public:
    explicit Connection(RedisOptions options);

    void begin_turn() noexcept override;
    [[nodiscard]] std::optional<Lost> connect() override;
    [[nodiscard]] int generation() const noexcept override { return generation_; }
    [[nodiscard]] std::variant<Words, Lost> run_script(const std::vector<std::string>& keys,
                                                       const std::vector<std::string>& arguments,
                                                       std::size_t expected_words) override;
    [[nodiscard]] Clock::time_point tries_again_at() const noexcept override { return not_before_; }

private:
    struct ContextDeleter {
        void operator()(redisContext* context) const noexcept;
    };
    class Reply;

    [[nodiscard]] std::variant<Reply, Lost> send(const std::vector<std::string>& words);
    [[nodiscard]] std::optional<Lost> greet();
    [[nodiscard]] std::optional<Lost> load_script();
    [[nodiscard]] std::optional<Lost> open();
    [[nodiscard]] std::optional<Lost> start_tls();
    Lost lose(const std::string& why, ErrorKind kind = ErrorKind::network);
    [[nodiscard]] std::string failure() const;
    [[nodiscard]] std::chrono::milliseconds left_of_turn() const noexcept;

    RedisOptions options_;
    std::unique_ptr<Tls> tls_{};
    std::optional<fathom::detail::NameLookup> lookup_{}; ///< Goes on after the turn that began it.
    std::unique_ptr<redisContext, ContextDeleter> context_{};
    int generation_ = 0;
    std::string script_sha_{};
    Clock::time_point turn_ends_at_{};
    Clock::time_point not_before_{};
    Lost last_failure_{};
};

} // namespace fathom::redis::detail
