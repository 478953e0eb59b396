// fathom-emulator: serves the API on this machine until it is interrupted.
#include <exception>
#include <iostream>

#include <CLI/CLI.hpp>

#include <fathom/testing/emulator.hpp>

#include "../platform/end_signal.hpp"
#include "fathom_emulator_options.hpp"

namespace {

using fathom::testing::Dialect;
using fathom::testing::EmulatorOptions;
using fathom::testing::SampleData;

void serve(const EmulatorOptions& options) {
    fathom::detail::hold_end_signals();
    const fathom::testing::Emulator emulator{options};
    std::cout << "FATHOM_BASE_URL=" << emulator.base_url() << "\nFATHOM_API_KEY=" << emulator.api_key() << '\n'
              << std::flush; // a program that waits for these lines reads them from a pipe
    fathom::detail::wait_for_end_signal();
}

} // namespace

int main(int argument_count, char** arguments) {
    CLI::App program{"An emulator of the Fathom Analytics API"};
    EmulatorOptions options{.dialect = Dialect::live, .sample_data = SampleData::full};
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
