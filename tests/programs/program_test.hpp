/// @file
/// A program of examples/ that talks to an emulator.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <fathom/testing/emulator.hpp>

#include "support/child_process.hpp"

namespace fathom {

/// What a program has written, and how it ended.
struct Outcome {
    int exit_code = 0;
    std::string out{};
    std::string error{};
};

/// An empty account, a folder for files, and programs whose environment leads to both.
class ProgramTest : public ::testing::Test {
protected:
    ProgramTest() {
        std::filesystem::create_directories(folder);
        ::setenv("FATHOM_API_KEY", emulator.api_key().c_str(), 1);   // NOLINT(concurrency-mt-unsafe): no other thread
        ::setenv("FATHOM_BASE_URL", emulator.base_url().c_str(), 1); // NOLINT(concurrency-mt-unsafe): reads it
    }
    ~ProgramTest() override { std::filesystem::remove_all(folder); }

    [[nodiscard]] ChildProcess start(const std::string& program, const std::vector<std::string>& arguments) const {
        std::vector<std::string> command{FATHOM_EXAMPLES "/" + program};
        command.insert(command.end(), arguments.begin(), arguments.end());
        return ChildProcess(command, {.in = folder / "in", .out = folder / "out", .error = folder / "error"});
    }
    /// Runs a program to its end.
    [[nodiscard]] Outcome run(const std::string& program, const std::vector<std::string>& arguments = {},
                              const std::string& input = {}) const {
        std::ofstream(folder / "in") << input;
        ChildProcess child = start(program, arguments);
        const int exit_code = child.wait();
        return {.exit_code = exit_code, .out = content_of(folder / "out"), .error = content_of(folder / "error")};
    }
    [[nodiscard]] static std::string content_of(const std::filesystem::path& file) {
        std::ifstream in(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }

    testing::Emulator emulator{
        {.dialect = testing::Dialect::live, .sample_data = testing::SampleData::none, .limits = {.enforced = false}}};
    const std::filesystem::path folder =
        std::filesystem::path(::testing::TempDir()) /
        (std::string("fathom_programs_") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
};

} // namespace fathom
