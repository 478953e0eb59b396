// State that stays in a file.
#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "raw_client.hpp"

namespace fathom::testing {
namespace {

std::filesystem::path named(const std::filesystem::path& name) {
    return (std::filesystem::temp_directory_path() / name)
        .concat(std::to_string(std::chrono::steady_clock::now().time_since_epoch().count()) + ".sqlite");
}

TEST(EmulatorDatabase, KeepsItsStateInAFile) {
    const std::filesystem::path file = named(u8"emulator-größe-日本-");
    EmulatorOptions options;
    options.database = file;
    std::string site;
    {
        Emulator emulator{options};
        site = emulator.add_site({.name = "Kept"});
    }
    {
        Emulator emulator{options};
        EXPECT_EQ(emulator.site_ids().size(), 4U);
        EXPECT_EQ(RawClient{emulator}.get("/sites/" + site).json().at("name"), "Kept");
        EXPECT_NE(emulator.add_site(), site);
    }
    std::filesystem::remove(file);
}

TEST(EmulatorDatabase, ReportsAFileThatItCannotOpen) {
    EmulatorOptions options;
    options.database = "/nowhere/at/all.sqlite";
    EXPECT_THROW(Emulator{options}, std::runtime_error);
}

TEST(EmulatorDatabase, RefusesAFileOfAnotherVersion) {
    const std::filesystem::path file = named(u8"emulator-old-");
    EmulatorOptions options = empty_emulator();
    options.database = file;
    {
        const Emulator emulator{options};
    }
    {
        constexpr std::streamoff user_version = 60; // of SQLite's file format
        std::fstream database(file, std::ios::in | std::ios::out | std::ios::binary);
        database.seekp(user_version).write("\0\0\0\1", 4);
    }
    EXPECT_THROW(Emulator{options}, std::runtime_error);
    std::filesystem::remove(file);
}

} // namespace
} // namespace fathom::testing
