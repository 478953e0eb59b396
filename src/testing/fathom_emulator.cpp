// fathom-emulator: serves the API on this machine until it is interrupted.
#include <csignal>
#include <cstdint>
#include <exception>
#include <iostream>
#include <map>
#include <string>

#include <pthread.h>

#include <CLI/CLI.hpp>

#include <fathom/testing/emulator.hpp>

namespace {

using fathom::testing::Dialect;
using fathom::testing::EmulatorOptions;
using fathom::testing::LimitWindow;
using fathom::testing::RetiredEndpoints;
using fathom::testing::SampleData;

// Blocked in all threads, the signals wait for sigwait() instead of ending the program amid its work.
sigset_t block_end_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

void wait_for(const sigset_t& signals) {
    int signal = 0;
    sigwait(&signals, &signal);
}

void describe(CLI::App& program, EmulatorOptions& options) {
    const std::map<std::string, Dialect> dialects{{"specification", Dialect::specification}, {"live", Dialect::live}};
    const std::map<std::string, SampleData> sizes{
        {"none", SampleData::none}, {"small", SampleData::small}, {"full", SampleData::full}};
    program.add_option("--host", options.host, "Address to listen on")->capture_default_str();
    program.add_option("--port", options.port, "Port to listen on; 0: one that is free")->check(CLI::Range(0, 65535));
    program.add_option("--api-key", options.api_key, "The key that is let in")->capture_default_str();
    program.add_option("--database", options.database, "SQLite file that keeps the state; without it: memory");
    program.add_option("--seed", options.seed, "Seed of sample data and ids")->capture_default_str();
    program.add_option("--dialect", options.dialect, "Answer like the specification, or like the live service")
        ->transform(CLI::CheckedTransformer(dialects));
    program.add_option("--sample-data", options.sample_data, "How much traffic there is at the start")
        ->transform(CLI::CheckedTransformer(sizes));
    program.add_flag_callback("--no-sample-data", [&] { options.sample_data = SampleData::none; }, "Start empty");
    program.add_flag_callback("--no-rate-limits", [&] { options.limits.enforced = false; }, "Never answer 429");
    program.add_flag_callback(
        "--sliding-limits", [&] { options.limits.window = LimitWindow::sliding; },
        "Count the requests of the last window, whenever it began");
    program.add_flag_callback(
        "--keep-retired", [&] { options.retired_endpoints = RetiredEndpoints::working; },
        "Live dialect: answer on endpoints that the service has retired");
    program.add_option_function<std::int64_t>(
        "--now", [&](std::int64_t now) { options.now = std::chrono::sys_seconds{std::chrono::seconds{now}}; },
        "Unix time at which time stands still");
}

void serve(const EmulatorOptions& options) {
    const sigset_t signals = block_end_signals();
    const fathom::testing::Emulator emulator{options};
    std::cout << "FATHOM_BASE_URL=" << emulator.base_url() << "\nFATHOM_API_KEY=" << emulator.api_key() << '\n'
              << std::flush; // a program that waits for these lines reads them from a pipe
    wait_for(signals);
}

} // namespace

int main(int argument_count, char** arguments) {
    CLI::App program{"An emulator of the Fathom Analytics API"};
    EmulatorOptions options{.sample_data = SampleData::full};
    describe(program, options);
    CLI11_PARSE(program, argument_count, arguments);
    try {
        serve(options);
    } catch (const std::exception& problem) {
        std::cerr << "fathom-emulator: " << problem.what() << '\n';
        return 1;
    }
    return 0;
}
