// What the limiter does with a file that is not as a process left it.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <array>
#include <csignal>
#include <cstdint>
#include <fstream>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "file_limiter_fixture.hpp"
#include "limiters/forked_anew.hpp"
#include "limiters/known_pools.hpp"
#include "limiters/limiter_state.hpp"
#include "limiters/two_copies.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;

class FileLimiterFaults : public FileLimiter {
protected:
    /// Ten reports that are answered at the start.
    void use_up(RateLimiter& limiter, TimePoint now) {
        std::vector<RateLimiter::Permit> permits;
        for (int i = 0; i < 10; ++i) permits.push_back(take(limiter, now));
        for (const auto permit : permits) limiter.release(LimitGroup::reports, permit, PermitUse::answered, now);
    }
    /// As if the machine had been started anew since the file was written.
    void reboot() const {
        const std::string text = content();
        detail::LimiterState state =
            detail::read_state(detail::find_copies(text).newest.value().content).value(); // NOLINT: text lives
        state.boot = "another-boot";
        write(detail::next_copy({}, detail::write_state(state)).text);
    }
};

TEST_F(FileLimiterFaults, AFileIsMadeForItsOwnerAlone) {
    take(*one, start);
    struct stat facts{};
    ASSERT_EQ(::stat(path.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777U, 0600U);
}

TEST_F(FileLimiterFaults, SomebodyElsesFileIsRefusedAndLeftAsItIs) {
    for (const std::string& precious :
         {std::string("what is this?"), std::string("fathom-settings"), std::string(100, '\0') + "x"}) {
        write(precious);
        const auto admission = one->acquire(LimitGroup::reports, start, 1min);
        ASSERT_FALSE(admission) << precious;
        EXPECT_EQ(admission.error().kind, ErrorKind::invalid_argument);
        EXPECT_NE(admission.error().message.find("is not a limiter's file"), std::string::npos) << admission.error();
        EXPECT_NE(admission.error().message.find(path.string()), std::string::npos) << admission.error();
        EXPECT_EQ(content(), precious);
    }
}

TEST_F(FileLimiterFaults, APathThatCanNameNoFileIsRefusedAndReadNoFurther) {
    using namespace std::string_literals;
    const std::string below_a_file = path.string() + "/limit";
    write("");
    for (const std::string& place : {"/dev/zero"s, "/dev/full"s, "/"s, ""s, path.string() + "\0.limit"s, below_a_file,
                                     "/" + std::string(300, 'x')}) {
        const auto admission = file_rate_limiter(place)->acquire(LimitGroup::reports, start, 1min);
        ASSERT_FALSE(admission) << place;
        EXPECT_EQ(admission.error().kind, ErrorKind::invalid_argument) << admission.error();
        EXPECT_NE(admission.error().message.find("name a file"), std::string::npos) << admission.error();
    }
}

TEST_F(FileLimiterFaults, AFolderThatIsNotThereIsAnErrorUntilItIs) {
    const auto folder = path.string() + ".folder";
    const auto limiter = file_rate_limiter(folder + "/limit");
    const auto admission = limiter->acquire(LimitGroup::reports, start, 1min);
    ASSERT_FALSE(admission);
    EXPECT_EQ(admission.error().kind, ErrorKind::internal);
    EXPECT_NE(admission.error().message.find(folder), std::string::npos) << admission.error();
    std::filesystem::create_directory(folder);
    EXPECT_EQ(permits_left(*limiter, start), 10);
    std::filesystem::remove_all(folder);
}

TEST_F(FileLimiterFaults, ARelativePathNamesTheSameFileWhereverTheProcessGoes) {
    const std::filesystem::path before = std::filesystem::current_path();
    std::filesystem::current_path(path.parent_path());
    const auto relative = file_rate_limiter(path.filename());
    std::filesystem::current_path("/");
    take(*relative, start);
    EXPECT_EQ(permits_left(*one, start), 9);
    std::filesystem::current_path(before);
}

TEST_F(FileLimiterFaults, TimesOfTheBootBeforeCostAWindowAtMost) {
    use_up(*one, start + 5h);
    reboot();
    EXPECT_EQ(permits_left(*other, start), 0);
    EXPECT_EQ(permits_left(*other, start + 61s), 10);
}

TEST_F(FileLimiterFaults, WhatWasUnderWayWhenTheMachineWentDownCostsAWindow) {
    ASSERT_EQ(permits_left(*one, start + 240h), 10);
    one->close(LimitGroup::reports, start + 248h, start + 240h);
    reboot();
    EXPECT_EQ(permits_left(*other, start), 0);
    EXPECT_EQ(permits_left(*other, start + 61s), 10);
}

TEST_F(FileLimiterFaults, WhatWasNotUsedBeforeTheMachineWentDownIsFree) {
    one->release(LimitGroup::reports, take(*one, start + 5h), PermitUse::answered, start + 5h);
    reboot();
    EXPECT_EQ(permits_left(*other, start), 9);
}

TEST_F(FileLimiterFaults, AClockThatBeganAnewIsNoticedWhereTheSystemDoesNotTell) {
    use_up(*one, start + 2000h);
    EXPECT_EQ(permits_left(*other, start), 0);
    EXPECT_EQ(permits_left(*other, start + 61s), 10);
}

TEST_F(FileLimiterFaults, AProcessThatWasStoppedAfterItLookedAtTheClockGetsNothingEarly) {
    std::ignore = other->acquire(LimitGroup::resources, start, 1min); // it has met the file
    use_up(*one, start + 10min);
    EXPECT_EQ(permits_left(*other, start), 0); // long ago, by its clock
    EXPECT_EQ(permits_left(*one, start + 10min + 60s), 0);
    EXPECT_EQ(permits_left(*one, start + 10min + 61s), 10);
}

TEST_F(FileLimiterFaults, AFileThatIsCutAnywhereCostsAWindowAtMost) {
    use_up(*one, start);
    const std::string whole = content();
    for (std::size_t length = 1; length < whole.size(); length += length < 600 ? 7 : 199) {
        write(whole.substr(0, length));
        const auto newcomer = file_rate_limiter(path);
        ASSERT_EQ(permits_left(*newcomer, start + 1s), 0) << length;
        ASSERT_GE(permits_left(*newcomer, start + 62s), 9) << length; // the last end may be what was lost
    }
}

TEST_F(FileLimiterFaults, AByteThatIsWrongAnywhereCostsAWindowAtMost) {
    use_up(*one, start);
    const std::string whole = content();
    for (std::size_t place = 20; place < whole.size(); place += place < 600 ? 9 : 199) {
        std::string wrong = whole;
        wrong[place] = static_cast<char>(wrong[place] ^ 1);
        write(wrong);
        const auto newcomer = file_rate_limiter(path);
        ASSERT_EQ(permits_left(*newcomer, start + 1s), 0) << place;
        ASSERT_GE(permits_left(*newcomer, start + 62s), 9) << place;
    }
}

TEST_F(FileLimiterFaults, AFileOfZerosIsWhatACrashLeaves) {
    write(std::string(5'000, '\0'));
    EXPECT_EQ(permits_left(*other, start), 0);
    EXPECT_EQ(permits_left(*other, start + 61s), 10);
}

TEST_F(FileLimiterFaults, AFileThatIsLargerThanOursCanBeIsLeftAsItIs) {
    write({});
    std::filesystem::resize_file(path, 100'000'000); // all zeros, as a disk image is at first
    const auto admission = other->acquire(LimitGroup::reports, start, 1min);
    ASSERT_FALSE(admission);
    EXPECT_EQ(admission.error().kind, ErrorKind::invalid_argument);
    EXPECT_EQ(std::filesystem::file_size(path), 100'000'000U);
}

TEST_F(FileLimiterFaults, AWriterThatIsKilledAnywhereLeavesAllThatWasThereBefore) {
    for (int count = 0; count < 9; ++count) {
        one->release(LimitGroup::reports, take(*one, start), PermitUse::answered, start);
    }
    const std::string before = content();
    take(*one, start);
    const std::string after = content();
    std::size_t begin = 0;
    while (before[begin] == after[begin]) ++begin;
    for (std::size_t written = begin; written < after.size() && written < begin + 700; written += 9) {
        write(after.substr(0, written) + before.substr(std::min(written, before.size())));
        const int left = permits_left(*file_rate_limiter(path), start);
        ASSERT_LE(left, 1) << written;
        ASSERT_GE(permits_left(*file_rate_limiter(path), start + 61s), 8) << written; // nobody waits for a window
    }
}

TEST_F(FileLimiterFaults, AFileThatIsDeletedOrReplacedIsToldWhatLivingProcessesKnow) {
    const auto under_way = take(*one, start);
    for (int count = 1; count < 6; ++count) {
        one->release(LimitGroup::reports, take(*one, start), PermitUse::answered, start);
    }
    std::filesystem::remove(path);
    std::ignore = one->acquire(LimitGroup::resources, start + 1s, 1min); // tells
    EXPECT_EQ(permits_left(*other, start + 1s), 4);
    one->release(LimitGroup::reports, under_way, PermitUse::answered, start + 2s);
    EXPECT_EQ(permits_left(*one, start + 61s), 5);
    EXPECT_EQ(permits_left(*one, start + 63s), 1);
}

TEST_F(FileLimiterFaults, APermitOfADeletedFileIsNobodyElses) {
    const auto old = take(*one, start);
    std::filesystem::remove(path);
    EXPECT_EQ(permits_left(*other, start + 1s), 10); // nothing told of the one
    one->release(LimitGroup::reports, old, PermitUse::never_sent, start + 1s);
    EXPECT_EQ(permits_left(*file_rate_limiter(path), start + 1s), 0);
}

TEST_F(FileLimiterFaults, ABackupThatIsPutInPlaceForgetsNothing) {
    take(*one, start);
    const std::string backup = content();
    for (int count = 1; count < 10; ++count) take(*one, start);
    write(backup);
    EXPECT_EQ(permits_left(*one, start + 1s), 0);
}

TEST_F(FileLimiterFaults, AnotherLimitsFileCostsAWindowAtMost) {
    const auto of_a_day = file_rate_limiter(path, {.reports = {.requests = 20, .window = 24h}});
    for (int count = 0; count < 20; ++count) {
        of_a_day->release(LimitGroup::reports, take(*of_a_day, start), PermitUse::answered, start);
    }
    EXPECT_EQ(permits_left(*one, start), 0);
    EXPECT_EQ(permits_left(*one, start + 71s), 10); // and not a day
}

/// While it lives, nothing can be written behind the first bytes of a file.
class FullDisk {
public:
    FullDisk() : old_action_(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit full{.rlim_cur = 100, .rlim_max = before_.rlim_max};
        if (::setrlimit(RLIMIT_FSIZE, &full) != 0) throw std::runtime_error("no such limit");
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;
    ~FullDisk() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, old_action_);
    }

private:
    rlimit before_{};
    void (*old_action_)(int);
};

TEST_F(FileLimiterFaults, AnEndThatAFullDiskDoesNotTakeIsToldLater) {
    std::vector<RateLimiter::Permit> permits;
    for (int count = 0; count < 10; ++count) permits.push_back(take(*one, start));
    {
        const FullDisk full;
        for (const auto permit : permits) one->release(LimitGroup::reports, permit, PermitUse::never_sent, start);
        EXPECT_FALSE(one->acquire(LimitGroup::reports, start, 1min));
    }
    EXPECT_GE(one->free_permits(LimitGroup::reports, start), 9U); // what was half written may have been one
    EXPECT_GE(other->free_permits(LimitGroup::reports, start), 9U);
}

TEST_F(FileLimiterFaults, AFullDiskIsAnErrorAndForgetsNothing) {
    for (int count = 0; count < 5; ++count) take(*one, start);
    std::optional<FullDisk> full(std::in_place);
    const auto first = one->acquire(LimitGroup::reports, start, 1min);
    const auto second = one->acquire(LimitGroup::resources, start, 1min);
    full.reset();
    ASSERT_FALSE(first);
    EXPECT_EQ(first.error().kind, ErrorKind::internal);
    ASSERT_FALSE(second);
    EXPECT_TRUE(one->acquire(LimitGroup::resources, start, 1min).value().permit);
    EXPECT_GE(permits_left(*file_rate_limiter(path), start), 4); // one may have been taken, by all that others know
}

/// Of all that this process has read so far; nothing where the system does not tell.
std::optional<std::size_t> bytes_read() {
    std::ifstream facts("/proc/self/io");
    std::string name;
    std::size_t bytes = 0;
    if (!(facts >> name >> bytes)) return std::nullopt;
    return bytes;
}

TEST_F(FileLimiterFaults, AFileThatNobodyHasWrittenIsNotReadAgain) {
    for (int count = 0; count < 500; ++count) {
        one->release(LimitGroup::resources, one->acquire(LimitGroup::resources, start, 1min).value().permit.value(),
                     PermitUse::answered, start);
    }
    std::ignore = other->free_permits(LimitGroup::resources, start);
    const auto before = bytes_read();
    if (!before) GTEST_SKIP() << "the system does not tell how much was read";
    for (int count = 0; count < 100; ++count) {
        EXPECT_EQ(other->free_permits(LimitGroup::resources, start + 1s), 1'500U);
    }
    EXPECT_LT(*bytes_read() - *before, 100 * content().size() / 4);
    take(*one, start + 1s);
    EXPECT_EQ(other->free_permits(LimitGroup::reports, start + 1s), 9U);
}

/// Runs a task in a child of this process and gives the number that it found.
template <class Task>
std::uint64_t in_child(const Task& task) {
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0) throw std::runtime_error("no pipe");
    const pid_t child = ::fork();
    if (child == 0) {
        const std::uint64_t found = task();
        const bool is_told = ::write(pipe[1], &found, sizeof found) == sizeof found;
        ::_exit(is_told ? 0 : 1);
    }
    ::close(pipe[1]);
    std::uint64_t found = 0;
    EXPECT_EQ(::read(pipe[0], &found, sizeof found), static_cast<ssize_t>(sizeof found));
    ::close(pipe[0]);
    ::waitpid(child, nullptr, 0);
    return found;
}

TEST_F(FileLimiterFaults, ForkedProcessesNameNothingAlike) {
    std::set<std::uint64_t> names{detail::unique_number()};
    names.insert(in_child(detail::unique_number));
    names.insert(in_child(detail::unique_number));
    names.insert(detail::unique_number());
    EXPECT_EQ(names.size(), 4U);
}

TEST_F(FileLimiterFaults, AForkedProcessNeedsNoLockThatAThreadOfItsParentHolds) {
    const detail::ForkedAnew<std::mutex> lock([] { return std::make_unique<std::mutex>(); });
    const std::scoped_lock held(lock.get());
    EXPECT_EQ(in_child([&] { return static_cast<std::uint64_t>(lock.get().try_lock()); }), 1U);
}

TEST_F(FileLimiterFaults, AForkedProcessSharesTheLimitOfItsParent) {
    take(*one, start);
    const std::uint64_t free = in_child([&] {
        const auto view = one->attach({});
        return view->free_permits(LimitGroup::reports, start);
    });
    EXPECT_EQ(free, 9U);
}

TEST_F(FileLimiterFaults, AForkedProcessDoesNotHoldWhatItsParentHasGivenBack) {
    const auto permit = take(*one, start, 1h);
    const std::uint64_t free = in_child([&] {
        other->release(LimitGroup::reports, permit, PermitUse::answered, start); // as the parent would
        return one->free_permits(LimitGroup::reports, start + 61s);
    });
    EXPECT_EQ(free, 10U);
}

} // namespace
} // namespace fathom
