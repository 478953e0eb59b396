/// @file
/// An export into a file of CSV or JSON Lines, with its place beside it in FILE.place.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "durable_file.hpp"
#include "store.hpp"
#include "text_lines.hpp"
#include "text_place.hpp"

namespace fathom::cli {

class TextStore final : public ExportStore {
public:
    /// @throw UsageError where the file is not an export, or one of another question
    TextStore(std::filesystem::path file, ExportFormat format, const ExportQuestion& question);

    TextStore(const TextStore&) = delete;
    TextStore& operator=(const TextStore&) = delete;
    ~TextStore() override;

    void prepare() override;

private:
    void read_place();
    [[nodiscard]] TextPlace stored_place() const;
    void require_unchanged() const;
    void require_same_format() const;
    void write(const ExportSubject& subject, const ExportPiece& piece, const StoredPlace& stored,
               Permanence permanence) override;
    void create();
    [[nodiscard]] std::uint64_t check_of(std::uint64_t settled) const;
    [[nodiscard]] std::string part(std::uint64_t offset, std::uint64_t length) const;

    std::filesystem::path file_;
    std::filesystem::path place_file_;
    TextLines lines_;
    TextPlace place_{};
    std::unique_ptr<DurableFile> output_{};
};

} // namespace fathom::cli
