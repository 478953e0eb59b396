#include "server_process.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

extern char** environ; // NOLINT: POSIX

namespace fathom::benchmark {

namespace {

std::array<int, 2> make_pipe() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("cannot make a pipe");
    return ends;
}

std::string read_line(int file) {
    std::string line;
    for (char c = 0; read(file, &c, 1) == 1 && c != '\n';) line.push_back(c);
    return line;
}

} // namespace

ServerProcess::ServerProcess(const std::vector<int>& delays_ms) {
    std::vector<std::string> words{FATHOM_BENCHMARK_SERVER};
    for (const int delay : delays_ms) words.push_back(std::to_string(delay));
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);

    const std::array<int, 2> input = make_pipe();
    const std::array<int, 2> output = make_pipe();
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
    const int failure = posix_spawn(&process_, FATHOM_BENCHMARK_SERVER, &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(input[0]);
    close(output[1]);
    input_ = input[1];
    if (failure == 0) port_ = read_line(output[0]);
    close(output[0]);
    if (port_.empty()) throw std::runtime_error("the benchmark server does not start");
}

ServerProcess::~ServerProcess() {
    close(input_);
    waitpid(process_, nullptr, 0);
}

} // namespace fathom::benchmark
