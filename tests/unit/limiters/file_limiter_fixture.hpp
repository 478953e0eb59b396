/// @file
/// What the tests of the limiter in a file share.
#pragma once

#include <fathom/file_rate_limiter.hpp>

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

namespace fathom {

/// Two limiters, as two processes have them, that share a file of the test's own.
class FileLimiter : public ::testing::Test {
protected:
    using TimePoint = RateLimiter::Clock::time_point;

    ~FileLimiter() override { std::filesystem::remove(path); }

    static RateLimiter::Permit take(RateLimiter& limiter, TimePoint now,
                                    std::chrono::nanoseconds longest = std::chrono::minutes{1}) {
        return limiter.acquire(LimitGroup::reports, now, longest).value().permit.value();
    }
    /// How many can be taken; takes them.
    [[nodiscard]] static int permits_left(RateLimiter& limiter, TimePoint now) {
        int count = 0;
        while (limiter.acquire(LimitGroup::reports, now, std::chrono::minutes{1}).value().permit) ++count;
        return count;
    }
    [[nodiscard]] std::string content() const {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    void write(const std::string& text) const { std::ofstream(path, std::ios::binary) << text; }

    static constexpr TimePoint start{std::chrono::hours{1}};
    /// Its name is no ASCII, which differs most between systems.
    std::filesystem::path path =
        (std::filesystem::temp_directory_path() / u8"fathom-größe-日本-")
            .concat(std::to_string(::getpid()) + "-" + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::shared_ptr<RateLimiter> one = file_rate_limiter(path);
    std::shared_ptr<RateLimiter> other = file_rate_limiter(path);
};

} // namespace fathom
