// In place of screen.cpp where ncurses is not there.
#include "../exit_code.hpp"
#include "screen.hpp"

namespace fathom::cli {

class Screen::Terminal {};

Screen::Screen(Colours) {
    throw UsageError(
        "this fathom was built without ncurses, which draws on the terminal; take --json or --html, or build "
        "it again where ncurses is installed (Debian's package is libncurses-dev)");
}

Screen::~Screen() = default;

ScreenSize Screen::size() const { return {}; }
void Screen::show(const std::vector<Line>&) {}
Key Screen::wait(std::chrono::milliseconds) { return Key::quit; }

} // namespace fathom::cli
