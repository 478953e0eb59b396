/// @file
/// The environment of a program that a test starts.
#pragma once

#include <cstdlib>
#include <string>
#include <vector>

namespace fathom::cli {

/// With what tools want to reach the program, too: where coverage is recorded, which leaks are not its own.
[[nodiscard]] inline std::vector<std::string> with_tools(std::vector<std::string> environment) {
    for (const std::string name : {"LLVM_PROFILE_FILE", "LSAN_OPTIONS"}) {
        const char* const value = std::getenv(name.c_str()); // NOLINT(concurrency-mt-unsafe): nobody sets one
        if (value != nullptr) environment.push_back(name + "=" + value);
    }
    return environment;
}

} // namespace fathom::cli
