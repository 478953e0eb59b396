/// @file
/// One fault of the matrix: what goes wrong, and what is promised.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fathom/fathom.hpp>

namespace fathom::faults {

/// How a call ends; nothing for a success.
using Outcome = std::optional<ErrorKind>;
inline constexpr Outcome success = std::nullopt;

/// How calls end that meet a fault.
struct Promise {
    /// All in the same way.
    Promise(Outcome all) : Promise(all, all) {}       // NOLINT: meant to convert
    Promise(ErrorKind all) : Promise(Outcome(all)) {} // NOLINT: meant to convert
    /// Those that need nothing of the answer in another way.
    Promise(Outcome of_most, Outcome of_remove) : most(of_most), remove(of_remove) {}

    [[nodiscard]] Outcome of(std::string_view operation) const { return operation == "remove" ? remove : most; }

    Outcome most;
    Outcome remove;
};

/// A service where something goes wrong, for one client.
class Service {
public:
    Service() = default;
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;
    virtual ~Service() = default;

    /// For a client of it.
    [[nodiscard]] virtual ClientOptions options() const = 0;
    /// Lets it go wrong, where that begins after a first call that went well.
    virtual void begin() {}
    /// Lets all go right from now on. @return false where that cannot be
    [[nodiscard]] virtual bool repair() { return false; }
    /// How many requests it may have processed.
    [[nodiscard]] int taken() const noexcept { return taken_; }

protected:
    std::atomic<int> taken_{0};
};

/// A row of the matrix.
struct Row {
    std::string name;
    Promise promise;
    std::function<std::unique_ptr<Service>()> make;
    std::chrono::milliseconds attempt_timeout = std::chrono::seconds{10};
    bool starts_well = false; ///< A first call goes well, before it goes wrong.
    /// Whether the service knows what it has processed: a connection that it drops unread may hold any request.
    bool counts_requests = true;
    /// Where it needs a network of its own: runs there what it is given. @return false where that is not allowed
    std::function<bool(const std::function<void()>&)> within{};
};

[[nodiscard]] std::vector<Row> http1_rows();
[[nodiscard]] std::vector<Row> http2_rows();
[[nodiscard]] std::vector<Row> proxy_rows();
[[nodiscard]] std::vector<Row> network_rows();

} // namespace fathom::faults
