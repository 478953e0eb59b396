#include "keyring.hpp"

#if !defined(_WIN32)
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <string_view>
#include <utility>
#include <vector>
#endif

namespace fathom::cli {

#if defined(_WIN32)

std::shared_ptr<Keyring> desktop_keyring() { return nullptr; }

#else

namespace {

/// Both ends of a pipe.
class Pipe {
public:
    Pipe() {
        if (pipe(ends_.data()) != 0) ends_ = {-1, -1};
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe() {
        close_reader();
        close_writer();
    }
    [[nodiscard]] int reader() const noexcept { return ends_[0]; }
    [[nodiscard]] int writer() const noexcept { return ends_[1]; }
    void close_reader() noexcept { close_end(ends_[0]); }
    void close_writer() noexcept { close_end(ends_[1]); }

private:
    static void close_end(int& end) noexcept {
        if (end >= 0) close(end);
        end = -1;
    }

    std::array<int, 2> ends_{-1, -1};
};

std::string read_all(int descriptor) {
    std::string text;
    std::array<char, 512> part{};
    for (;;) {
        const ssize_t count = read(descriptor, part.data(), part.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return text;
        text.append(part.data(), static_cast<std::size_t>(count));
    }
}

/// Runs secret-tool. The key goes through a pipe: arguments can be seen by others.
/// @return what it printed; nothing where it failed, or is not installed
std::optional<std::string> run_secret_tool(std::vector<std::string> arguments, std::string_view input) {
    arguments.insert(arguments.begin(), "secret-tool");
    std::vector<char*> pointers;
    pointers.reserve(arguments.size() + 1);
    for (std::string& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    Pipe in;
    Pipe out;
    const pid_t child = fork();
    if (child < 0) return std::nullopt;
    if (child == 0) {
        dup2(in.reader(), STDIN_FILENO);
        dup2(out.writer(), STDOUT_FILENO);
        in.close_writer();
        execvp(pointers.front(), pointers.data());
        _exit(127);
    }
    in.close_reader();
    out.close_writer();
    const auto before = std::signal(SIGPIPE, SIG_IGN); // where it is not installed, nobody reads
    const bool is_written = write(in.writer(), input.data(), input.size()) == static_cast<ssize_t>(input.size());
    std::signal(SIGPIPE, before);
    in.close_writer();
    std::string printed = read_all(out.reader());
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    const bool has_worked = is_written && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    return has_worked ? std::optional(std::move(printed)) : std::nullopt;
}

class SecretTool final : public Keyring {
public:
    bool store(const std::string& account, const std::string& key) override {
        return run_secret_tool(
                   {"store", "--label", "Fathom Analytics (" + account + ")", "service", "fathom", "account", account},
                   key)
            .has_value();
    }
    std::optional<std::string> find(const std::string& account) override {
        auto key = run_secret_tool({"lookup", "service", "fathom", "account", account}, {});
        return key && !key->empty() ? std::move(key) : std::nullopt;
    }
    /// Looks afterwards: what "clear" exits with does not tell, in each of its versions, what is locked from what is not there.
    bool remove(const std::string& account) override {
        static_cast<void>(run_secret_tool({"clear", "service", "fathom", "account", account}, {}));
        const auto found = run_secret_tool({"search", "service", "fathom", "account", account}, {});
        return found && found->empty();
    }
};

} // namespace

std::shared_ptr<Keyring> desktop_keyring() { return std::make_shared<SecretTool>(); }

#endif

} // namespace fathom::cli
