#include "html.hpp"

#include <algorithm>
#include <cmath>

namespace fathom::cli {

namespace {

// Colours of text on their ground have a contrast of 7 : 1 and more.
constexpr std::string_view style = R"(
:root { color-scheme: light dark; --ink: #1d2330; --quiet: #4c5466; --ground: #fdfdfc; --line: #d8dbe2; --bar: #7a5bd0; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e9ebf1; --quiet: #b5bccb; --ground: #14171f; --line: #343a48; --bar: #a58cf0; }
}
body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 64rem; color: var(--ink); background: var(--ground);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.25rem; font-weight: 600; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
section { margin-top: 1.5rem; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: var(--quiet); padding-bottom: .5rem; }
th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--quiet); font-weight: 600; }
td { overflow-wrap: anywhere; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.chart { width: 30%; min-width: 6rem; padding-right: 0; }
.chart span { display: block; height: 1em; margin-top: .25em; border-radius: .15em; background: var(--bar);
  forced-color-adjust: none; print-color-adjust: exact; }
)";

} // namespace

std::string html_text(std::string_view text) {
    std::string safe;
    safe.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&': safe += "&amp;"; break;
        case '<': safe += "&lt;"; break;
        case '>': safe += "&gt;"; break;
        case '"': safe += "&quot;"; break;
        case '\'': safe += "&#39;"; break;
        default: safe += c;
        }
    }
    return safe;
}

std::string html_heading(std::string_view heading, bool is_number) {
    return (is_number ? R"(<th scope="col" class="number">)" : R"(<th scope="col">)") + html_text(heading) + "</th>";
}

std::string html_bar(double share, std::string_view more) {
    const auto per_cent = std::lround(100 * std::clamp(share, 0.0, 1.0));
    std::string bar = R"(<span style="width: )" + std::to_string(per_cent) + '%';
    return bar.append(more).append(R"("></span>)");
}

std::string html_page(std::string_view title, std::string_view content) {
    const std::string shown = html_text(title);
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
           "<title>" +
           shown + "</title>\n<style>" + std::string(style) + "</style>\n</head>\n<body>\n<main>\n<h1>" + shown +
           "</h1>\n" + std::string(content) + "</main>\n</body>\n</html>\n";
}

} // namespace fathom::cli
