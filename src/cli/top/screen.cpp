// The only file that knows ncurses.
#include "screen.hpp"

#include <clocale>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#define NCURSES_NOMACROS // which would redefine common words
#include <curses.h>
#include <langinfo.h>
#include <unistd.h>

#include "../exit_code.hpp"

namespace fathom::cli {

namespace {

constexpr int escape = 27;
constexpr short bar_pair = 1;
constexpr short alarm_pair = 2;

bool shows_unicode() {
    std::setlocale(LC_CTYPE, ""); // NOLINT(concurrency-mt-unsafe): before there are threads that read it
    return std::string_view(nl_langinfo(CODESET)) == "UTF-8"; // NOLINT(concurrency-mt-unsafe): as above
}

/// What a terminal without Unicode can show of a text.
std::string in_ascii(const std::string& text) {
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) result += c;
        if (byte >= 0xc0) result += '?'; // begins a character of several bytes
    }
    return result;
}

/// Whether the text can be put anywhere: a dumb terminal has lines that follow each other, and nothing else.
bool moves_its_cursor() {
    const char* const sequence = tigetstr("cup");
    const auto number = reinterpret_cast<std::intptr_t>(sequence); // -1: that is no text
    return sequence != nullptr && number != -1;
}

/// @throw UsageError where TERM names none that can be drawn on
SCREEN* new_screen() {
    SCREEN* const screen = newterm(nullptr, stdout, stdin);
    if (screen != nullptr && moves_its_cursor()) return screen;
    if (screen != nullptr) {
        endwin();
        delscreen(screen);
    }
    throw UsageError("TERM names no terminal that can be drawn on; set it, or take --json or --html");
}

} // namespace

class Screen::Terminal {
public:
    explicit Terminal(Colours colours)
        : screen_(new_screen()),
          has_colours_(colours == Colours::yes && has_colors() && start_color() == OK && use_default_colors() == OK) {
        cbreak();
        noecho();
        keypad(stdscr, true);
        set_escdelay(25); // a person's Escape comes alone
        curs_set(0);
        if (has_colours_) {
            init_pair(bar_pair, COLOR_CYAN, -1);
            init_pair(alarm_pair, COLOR_RED, -1);
        }
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;
    ~Terminal() {
        endwin();
        delscreen(screen_);
    }

    void set(Style style) const {
        switch (style) {
        case Style::plain: attr_set(A_NORMAL, 0, nullptr); break;
        case Style::strong: attr_set(A_BOLD, 0, nullptr); break;
        case Style::quiet: attr_set(A_DIM, 0, nullptr); break;
        case Style::bar: attr_set(A_NORMAL, pair(bar_pair), nullptr); break;
        case Style::bar_before: attr_set(A_DIM, 0, nullptr); break;
        case Style::alarm: attr_set(A_BOLD, pair(alarm_pair), nullptr); break;
        }
    }

private:
    [[nodiscard]] short pair(short number) const noexcept { return has_colours_ ? number : short{0}; }

    SCREEN* screen_;
    bool has_colours_;
};

Screen::Screen(Colours colours)
    : glyphs_(shows_unicode() ? Glyphs::blocks : Glyphs::ascii), terminal_(std::make_unique<Terminal>(colours)) {}

Screen::~Screen() = default;

ScreenSize Screen::size() const {
    return {.lines = static_cast<std::size_t>(getmaxy(stdscr)), .columns = static_cast<std::size_t>(getmaxx(stdscr))};
}

void Screen::show(const std::vector<Line>& lines) {
    erase();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        for (const Span& span : lines[i]) {
            terminal_->set(span.style);
            const std::string text = glyphs_ == Glyphs::blocks ? span.text : in_ascii(span.text);
            mvaddstr(static_cast<int>(i), static_cast<int>(span.column), text.c_str());
        }
    }
    refresh();
}

Key Screen::wait(std::chrono::milliseconds at_most) {
    timeout(static_cast<int>(at_most.count()));
    switch (getch()) {
    case 'q':
    case 'Q':
    case escape: return Key::quit;
    case KEY_RESIZE: return Key::resized;
    default: return isatty(STDIN_FILENO) == 1 ? Key::none : Key::quit; // it may be gone, and nobody told us by a signal
    }
}

} // namespace fathom::cli
