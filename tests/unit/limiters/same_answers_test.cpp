// The properties of every store, for memory and file.
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>

#include <fathom/file_rate_limiter.hpp>

#include "support/every_store.hpp"

namespace fathom::detail {
namespace {

/// Removed with the program.
struct StoreFile {
    StoreFile() = default;
    StoreFile(const StoreFile&) = delete;
    StoreFile& operator=(const StoreFile&) = delete;
    ~StoreFile() { std::filesystem::remove(path); }

    std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("fathom-same-answers-" + std::to_string(::getpid()));
};

std::shared_ptr<RateLimiter> on_new_file() {
    static const StoreFile file;
    std::filesystem::remove(file.path);
    return file_rate_limiter(file.path);
}

INSTANTIATE_TEST_SUITE_P(Limiter, EveryStore,
                         ::testing::Values(Store{"memory", 100, 0ms, [] { return local_rate_limiter(); }},
                                           Store{"file", 8, 50ms, on_new_file}),
                         [](const auto& tested) { return std::string(tested.param.name); });

} // namespace
} // namespace fathom::detail
