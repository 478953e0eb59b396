/// @file
/// The command line of fathom-emulator.
#pragma once

#include <CLI/CLI.hpp>

#include <fathom/testing/emulator_options.hpp>

/// Adds all options to the program; what they set goes into `options`, whose present values are the defaults.
void describe_options(CLI::App& program, fathom::testing::EmulatorOptions& options);
