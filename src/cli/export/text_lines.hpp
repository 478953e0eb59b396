/// @file
/// A row of an export as a line of CSV or of JSON Lines.
#pragma once

#include <string>
#include <vector>

#include "piece.hpp"
#include "store.hpp"

namespace fathom::cli {

class TextLines {
public:
    TextLines(ExportFormat format, const ExportQuestion& question);

    /// What a file begins with: the names of the columns in CSV, nothing in JSON Lines.
    [[nodiscard]] std::string head() const;
    [[nodiscard]] std::string line(const ExportSubject& subject, const ExportRow& row) const;

private:
    ExportFormat format_;
    ExportQuestion question_;
    std::vector<std::string> names_{}; ///< Of all columns.
};

} // namespace fathom::cli
