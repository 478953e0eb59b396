#include "csv.hpp"

#include <utility>

#include "../text/plain_text.hpp"

namespace fathom::detail::csv {

namespace {

void append(std::string& line, const Cell& cell) {
    if (!cell) return;
    const bool is_plain = !cell->empty() && cell->find_first_of(",\"\r\n") == std::string::npos;
    if (is_plain) {
        line.append(*cell);
        return;
    }
    line.push_back('"');
    for (const char c : *cell) line.append(c == '"' ? 2 : 1, c);
    line.push_back('"');
}

/// Reads a table from its start to its end.
class Parser {
public:
    explicit Parser(std::string_view text) : text_(without_byte_order_mark(text)) {}

    Result<std::vector<Line>> parse() {
        std::vector<Line> lines;
        while (!text_.empty()) {
            if (takes_end_of_line()) continue;
            Line line{.number = number_};
            do {
                Result<Cell> cell = take_cell();
                if (!cell) return std::move(cell).error();
                line.cells.push_back(*std::move(cell));
            } while (takes(','));
            if (!text_.empty() && !takes_end_of_line()) return fault("has text behind a closing quotation mark");
            lines.push_back(std::move(line));
        }
        return lines;
    }

private:
    Result<Cell> take_cell() {
        if (takes('"')) return take_quoted();
        const std::string_view cell = text_.substr(0, text_.find_first_of(",\r\n"));
        text_.remove_prefix(cell.size());
        return cell.empty() ? Cell() : Cell(std::string(cell));
    }
    Result<Cell> take_quoted() {
        std::string cell;
        const std::size_t first_line = number_;
        while (!text_.empty()) {
            if (takes('"')) {
                if (!takes('"')) return Cell(std::move(cell));
                cell.push_back('"');
                continue;
            }
            if (text_.front() == '\n') ++number_;
            cell.push_back(text_.front());
            text_.remove_prefix(1);
        }
        number_ = first_line;
        return fault("has a quotation mark that is not closed");
    }
    bool takes(char c) {
        if (text_.empty() || text_.front() != c) return false;
        text_.remove_prefix(1);
        return true;
    }
    bool takes_end_of_line() {
        if (text_.starts_with("\r\n")) text_.remove_prefix(1);
        const bool is_end = takes('\n') || takes('\r');
        if (is_end) ++number_;
        return is_end;
    }
    [[nodiscard]] Error fault(std::string_view what) const {
        return {.kind = ErrorKind::decode, .message = "line " + std::to_string(number_) + " " + std::string(what)};
    }

    std::string_view text_;
    std::size_t number_ = 1;
};

} // namespace

std::string to_line(const std::vector<Cell>& cells) {
    if (cells.size() == 1 && !cells.front()) return "\"\"\r\n"; // not an empty line, which parse() passes over
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) line.push_back(',');
        append(line, cells[i]);
    }
    return line.append("\r\n");
}

Result<std::vector<Line>> parse(std::string_view text) { return Parser(text).parse(); }

} // namespace fathom::detail::csv
