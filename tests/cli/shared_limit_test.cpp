// Which runs share a limit: by the key, the address and the number, however these are written.
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "cli/shared_limit.hpp"
#include "command_line.hpp"

namespace fathom::cli {
namespace {

class SharedLimits : public ::testing::Test {
protected:
    [[nodiscard]] std::string file(const std::string& base_url, const char* reports = nullptr) {
        std::stringstream stream;
        const Console console{.in = stream,
                              .out = stream,
                              .err = stream,
                              .variable = [&](const char* name) -> std::optional<std::string> {
                                  if (std::string(name) == "HOME") return line.home().string();
                                  const bool is_asked = reports && std::string(name) == "FATHOM_REPORTS_PER_MINUTE";
                                  return is_asked ? std::optional<std::string>(reports) : std::nullopt;
                              }};
        return shared_limit(console, {.api_key = "key", .base_url = base_url}).file.string();
    }

    const CommandLine line{};
};

TEST_F(SharedLimits, AreThoseOfOneAddressHoweverItIsWritten) {
    EXPECT_EQ(file(""), file("https://api.usefathom.com/v1"));
    EXPECT_EQ(file(""), file("https://api.usefathom.com/v1/"));
    EXPECT_EQ(file("http://localhost:1/v1"), file("http://localhost:1/v1/"));
    EXPECT_NE(file(""), file("http://localhost:1/v1"));
}

TEST_F(SharedLimits, AreThoseOfOneNumber) {
    EXPECT_EQ(file(""), file("", "10"));
    EXPECT_NE(file(""), file("", "9"));
}

} // namespace
} // namespace fathom::cli
