#include "private_file.hpp"

#include <cerrno>
#include <fstream>
#include <string>
#include <system_error>

#if defined(_WIN32)
#include <process.h>
#else
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

#include "exit_code.hpp"

namespace fathom::cli {

namespace fs = std::filesystem;

namespace {

#if defined(_WIN32)

class MadeForOwner {};
int process_id() { return _getpid(); }

#else

/// While it lives, what is made is its owner's alone from its first moment: who had opened a file before its permissions were
/// taken away could go on reading.
class MadeForOwner {
public:
    MadeForOwner() : before_(::umask(S_IRWXG | S_IRWXO)) {}
    MadeForOwner(const MadeForOwner&) = delete;
    MadeForOwner& operator=(const MadeForOwner&) = delete;
    ~MadeForOwner() { ::umask(before_); }

private:
    const mode_t before_;
};
int process_id() { return ::getpid(); }

#endif

} // namespace

void make_private_folder(const fs::path& folder) {
    [[maybe_unused]] const MadeForOwner for_owner;
    if (!folder.empty()) fs::create_directories(folder);
}

void writing_or(const std::function<void()>& write, std::string_view remedy) {
    try {
        write();
    } catch (const fs::filesystem_error& problem) {
        throw UsageError(problem.path1().string() + " cannot be written (" + problem.code().message() + "); " +
                         std::string(remedy));
    }
}

#if defined(_WIN32)

PrivateFileLock::PrivateFileLock(const fs::path&) {}
PrivateFileLock::~PrivateFileLock() = default;

#else

PrivateFileLock::PrivateFileLock(const fs::path& path) {
    make_private_folder(path.parent_path());
    const fs::path beside = path.string() + ".lock";
    descriptor_ = ::open(beside.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    while (descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX) != 0 && errno == EINTR) {
    }
    if (descriptor_ >= 0) return;
    throw fs::filesystem_error("cannot be locked", beside, std::error_code(errno, std::generic_category()));
}

PrivateFileLock::~PrivateFileLock() { ::close(descriptor_); }

#endif

void write_private_file(const fs::path& path, std::string_view content) {
    make_private_folder(path.parent_path());
    fs::path draft = path;
    draft += "." + std::to_string(process_id()) + ".new"; // several may be written at once
    fs::remove(draft);
    {
        [[maybe_unused]] const MadeForOwner for_owner;
        std::ofstream file(draft, std::ios::binary);
        file << content;
        file.close();
        if (!file) {
            throw fs::filesystem_error("cannot be written", draft, std::make_error_code(std::errc::io_error));
        }
    }
    fs::rename(draft, path);
}

} // namespace fathom::cli
