/// @file
/// The newest message for browsers, which each of their threads waits for.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

/// A message, and the id by which a browser says that it has it.
struct Numbered {
    std::string id{};
    std::string text{};
};

class Latest {
public:
    /// @param start begins the ids, so that those of an earlier run are not taken for this one's
    explicit Latest(std::string start) : start_(std::move(start)) {}

    void publish(std::string text);
    /// The newest, if there is one.
    [[nodiscard]] std::optional<Numbered> get() const;
    /// Waits for one with another id than a browser knows.
    /// @return nothing where none came in time, or this was closed
    [[nodiscard]] std::optional<Numbered> wait_for_other(const std::string& id,
                                                         std::chrono::milliseconds longest) const;
    /// Ends all waiting.
    void close();
    [[nodiscard]] bool is_closed() const;

private:
    [[nodiscard]] std::string id() const { return start_ + "-" + std::to_string(count_); }
    [[nodiscard]] std::optional<Numbered> current() const;

    std::string start_;
    mutable std::mutex mutex_{};
    mutable std::condition_variable changed_{};
    std::uint64_t count_ = 0; // 0: there is none yet
    std::string text_{};
    bool is_closed_ = false;
};
