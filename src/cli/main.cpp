// fathom: Fathom Analytics on the command line.
#include <string>
#include <vector>

#include "program.hpp"
#include "terminal.hpp"

int main(int argument_count, char** arguments) {
    fathom::cli::keep_closed_streams_closed();
    fathom::cli::Console console = fathom::cli::standard_console();
    return static_cast<int>(
        fathom::cli::run(std::vector<std::string>(arguments + 1, arguments + argument_count), console));
}
