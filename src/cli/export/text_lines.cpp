#include "text_lines.hpp"

#include <array>
#include <charconv>
#include <cstddef>
#include <string_view>

#include <fathom/records.hpp>

#include "times.hpp"

namespace fathom::cli {

namespace {

/// The shortest text that reads back as the same number.
std::string digits(double number) {
    std::array<char, 32> text{};
    const auto [end, problem] = std::to_chars(text.data(), text.data() + text.size(), number);
    return problem == std::errc{} ? std::string(text.data(), end) : std::string();
}

/// RFC 4180. What is not set is empty; an empty text is `""`.
std::string csv_text(const std::string& text) {
    if (!text.empty() && text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted.append(c == '"' ? 2 : 1, c);
    return quoted + '"';
}

std::string cell_text(const Cell& cell, ExportFormat format) {
    const bool is_csv = format == ExportFormat::csv;
    if (const auto* text = std::get_if<std::string>(&cell)) return is_csv ? csv_text(*text) : to_json(*text);
    if (const auto* count = std::get_if<std::int64_t>(&cell)) return std::to_string(*count);
    if (const auto* real = std::get_if<double>(&cell)) return digits(*real);
    return is_csv ? "" : "null";
}

} // namespace

TextLines::TextLines(ExportFormat format, const ExportQuestion& question) : format_(format), question_(question) {
    for (const auto& columns : {leading_columns(question), value_columns(question)}) {
        for (const ExportColumn& column : columns) names_.push_back(column.name);
    }
}

std::string TextLines::head() const {
    if (format_ != ExportFormat::csv) return {};
    std::string head;
    for (const std::string& name : names_) head.append(head.empty() ? "" : ",").append(csv_text(name));
    return head + "\r\n";
}

std::string TextLines::line(const ExportSubject& subject, const ExportRow& row) const {
    std::vector<Cell> cells{subject.site};
    if (question_.is_about_events) cells.emplace_back(subject.event);
    cells.emplace_back(bucket_text(row.time, question_.by));
    cells.insert(cells.end(), row.cells.begin(), row.cells.end());
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) line += ',';
        if (format_ != ExportFormat::csv) line.append(to_json(std::string_view(names_[i]))).append(":");
        line += cell_text(cells[i], format_);
    }
    return format_ == ExportFormat::csv ? line + "\r\n" : "{" + line + "}\n";
}

} // namespace fathom::cli
