// Others who have the file's lock.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <csignal>
#include <optional>
#include <thread>

#include "file_limiter_fixture.hpp"
#include "platform/locked_file.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;
using detail::LockedFile;

class FileLock : public FileLimiter {
protected:
    [[nodiscard]] std::optional<LockedFile> lock() const { return LockedFile::open(path, 10s); }
};

TEST_F(FileLock, IsWaitedForSoThatACallThatWouldRatherFailIsServed) {
    std::optional<LockedFile> held = lock();
    std::thread holder([&] {
        std::this_thread::sleep_for(20ms);
        held.reset();
    });
    EXPECT_TRUE(one->acquire(LimitGroup::reports, start, 1min).value().permit);
    holder.join();
}

TEST_F(FileLock, IsNotWaitedForWithoutEnd) {
    const std::optional<LockedFile> held = lock();
    const auto admission = one->acquire(LimitGroup::reports, start, 1min).value();
    EXPECT_FALSE(admission.permit);
    EXPECT_LE(admission.try_again_at, start + 1s);
}

TEST_F(FileLock, OfOneThatIsStoppedIsNotWaitedForEachTime) {
    const std::optional<LockedFile> held = lock();
    std::ignore = one->acquire(LimitGroup::reports, start, 1min); // waits
    const auto begun = std::chrono::steady_clock::now();
    for (int count = 0; count < 100; ++count) {
        EXPECT_GE(one->acquire(LimitGroup::reports, start, 1min).value().try_again_at, start + 50ms);
    }
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s); // to wait each time takes ten
}

TEST_F(FileLock, DoesNotLiveOnInAChildThatWasMadeMeanwhile) {
    std::optional<LockedFile> held = lock();
    const pid_t child = ::fork();
    if (child == 0) {
        ::pause();
        ::_exit(0);
    }
    held.reset();
    EXPECT_TRUE(one->acquire(LimitGroup::reports, start, 1min).value().permit);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
}

TEST_F(FileLock, IsOfTheFileThatThePathNamesNow) {
    std::optional<LockedFile> held = lock();
    std::thread replacer([&] {
        std::this_thread::sleep_for(20ms);
        std::filesystem::remove(path);
        held.reset();
    });
    const std::optional<LockedFile> next = lock();
    replacer.join();
    ASSERT_TRUE(next);
    EXPECT_TRUE(std::filesystem::exists(path));
    EXPECT_FALSE(LockedFile::open(path, 0ms)); // it is this one that is locked
}

} // namespace
} // namespace fathom
