#include "text_store.hpp"

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "../exit_code.hpp"

namespace fathom::cli {

namespace {

namespace fs = std::filesystem;

std::uint64_t size_of(const fs::path& file) {
    std::error_code is_not_there;
    const std::uintmax_t size = fs::file_size(file, is_not_there);
    return is_not_there ? 0 : size;
}

std::string content_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// FNV-1a
std::uint64_t sum_of(const std::string& text) {
    std::uint64_t sum = 14'695'981'039'346'656'037U;
    for (const char c : text) sum = (sum ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
    return sum;
}

} // namespace

TextStore::TextStore(fs::path file, ExportFormat format, const ExportQuestion& question)
    : file_(std::move(file)), place_file_(file_), lines_(format, question) {
    place_file_ += ".place";
    place_.question = question;
    if (fs::exists(place_file_)) {
        read_place();
    } else if (size_of(file_) > 0) {
        throw UsageError(foreign_file(file_));
    }
}

/// Leaves no file in which there is nothing.
TextStore::~TextStore() {
    std::error_code problem;
    const bool is_new = output_ && !fs::exists(place_file_, problem) && size_of(file_) == 0;
    if (is_new) fs::remove(file_, problem); // before it may be opened by another export
}

void TextStore::read_place() {
    TextPlace stored = stored_place();
    require_same(file_, stored.question, place_.question);
    place_ = std::move(stored);
    require_unchanged();
    require_same_format();
    set_places(place_.places);
}

TextPlace TextStore::stored_place() const {
    try {
        if (std::optional<TextPlace> stored = text_place(content_of(place_file_))) return *std::move(stored);
    } catch (const UsageError& error) {
        throw UsageError(place_file_.string() + ": " + error.what());
    }
    throw UsageError(foreign_file(place_file_));
}

void TextStore::prepare() {
    output_ = std::make_unique<DurableFile>(file_); // of a new one, too, lest two exports begin it
    if (!fs::exists(place_file_)) return;
    read_place();                               // again, since another export may have written up to now
    replace_file(place_file_, to_text(place_)); // shows that it can be written
    const std::string recent = recent_text(place_);
    if (size_of(file_) == place_.settled + recent.size() && part(place_.settled, recent.size()) == recent) return;
    output_->replace_from(place_.settled, recent);
}

/// Nothing of what the place stands for may be missing, or be something else.
void TextStore::require_unchanged() const {
    if (size_of(file_) < place_.settled) {
        throw UsageError(file_.string() +
                         " is shorter than it was after the last export; remove both files to begin anew");
    }
    if (check_of(place_.settled) != place_.check) {
        throw UsageError(file_.string() + " was changed since the last export; name another file, or remove both");
    }
}

/// Its first byte tells: a table begins with the names of its columns.
void TextStore::require_same_format() const {
    if (size_of(file_) == 0) return;
    const bool is_table = part(0, 1) != "{";
    const bool is_to_be_table = !lines_.head().empty();
    if (is_table != is_to_be_table) throw UsageError(other_export(file_, is_table ? "--format csv" : "--format jsonl"));
}

/// Of at most so many bytes before the end of what stays.
std::uint64_t TextStore::check_of(std::uint64_t settled) const {
    constexpr std::uint64_t most = 4096;
    const std::uint64_t length = std::min(settled, most);
    return sum_of(part(settled - length, length));
}

std::string TextStore::part(std::uint64_t offset, std::uint64_t length) const {
    std::string text(static_cast<std::size_t>(length), '\0');
    std::ifstream in(file_, std::ios::binary);
    in.seekg(static_cast<std::streamoff>(offset));
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    return text;
}

/// The place comes before the rows, so that a file of rows without one is never an export.
void TextStore::create() {
    place_.check = sum_of({});
    replace_file(place_file_, to_text(place_));
}

void TextStore::write(const ExportSubject& subject, const ExportPiece& piece, const StoredPlace& stored,
                      Permanence permanence) {
    if (!output_) prepare();
    if (!fs::exists(place_file_)) create();
    TextPlace next = place_;
    std::erase_if(next.recent, [&](const RecentLine& line) {
        return line.subject == subject && piece.from <= line.time && line.time < piece.until;
    });
    std::string settled = place_.settled == 0 ? lines_.head() : std::string();
    for (const ExportRow& row : piece.rows) {
        std::string line = lines_.line(subject, row);
        if (permanence == Permanence::settled) {
            settled += line;
        } else {
            next.recent.push_back({.subject = subject, .time = row.time, .text = std::move(line)});
        }
    }
    next.places.insert_or_assign(subject, stored);
    output_->replace_from(place_.settled, settled + recent_text(next));
    next.settled = place_.settled + settled.size();
    next.check = check_of(next.settled);
    replace_file(place_file_, to_text(next));
    place_ = std::move(next);
}

} // namespace fathom::cli
