// fathom-emulator: serves the API on this machine until it is interrupted.
#include <csignal>
#include <exception>
#include <iostream>

#include <pthread.h>

#include <CLI/CLI.hpp>

#include <fathom/testing/emulator.hpp>

#include "fathom_emulator_options.hpp"

namespace {

using fathom::testing::EmulatorOptions;
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
    describe_options(program, options);
    CLI11_PARSE(program, argument_count, arguments);
    try {
        serve(options);
    } catch (const std::exception& problem) {
        std::cerr << "fathom-emulator: " << problem.what() << '\n';
        return 1;
    }
    return 0;
}
