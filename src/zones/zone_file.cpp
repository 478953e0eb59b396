#include "zone_file.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>

namespace fathom::detail {

using namespace std::chrono;

namespace {

/// Takes numbers, most significant byte first. Behind the end all is 0, and the reader knows.
class Bytes {
public:
    explicit Bytes(std::string_view bytes) : rest_(bytes) {}

    [[nodiscard]] bool has_failed() const { return has_failed_; }
    [[nodiscard]] std::string_view rest() const { return rest_; }
    std::string_view take(std::size_t size) {
        if (size > rest_.size()) has_failed_ = true;
        const std::string_view taken = rest_.substr(0, has_failed_ ? 0 : size);
        rest_.remove_prefix(taken.size());
        return taken;
    }
    /// @param size at most 8 bytes, with a sign
    std::int64_t number(std::size_t size) {
        const std::string_view bytes = take(size);
        const bool is_negative = !bytes.empty() && static_cast<unsigned char>(bytes.front()) >= 0x80U;
        std::uint64_t value = is_negative ? ~std::uint64_t{0} : 0;
        for (const char byte : bytes) value = value << 8U | static_cast<unsigned char>(byte);
        return static_cast<std::int64_t>(value);
    }
    std::size_t count() { return static_cast<std::size_t>(std::max<std::int64_t>(number(4), 0)); }

private:
    std::string_view rest_;
    bool has_failed_ = false;
};

/// What a part of the file begins with.
struct Header {
    static Header take_from(Bytes& bytes) {
        Header header;
        header.is_header = bytes.take(4) == "TZif";
        header.version = bytes.number(1);
        bytes.take(15);
        for (std::size_t* count : {&header.utc_flags, &header.standard_flags, &header.leaps, &header.changes,
                                   &header.types, &header.names}) {
            *count = bytes.count();
        }
        return header;
    }
    /// Of what follows, with times of so many bytes.
    [[nodiscard]] std::size_t size(std::size_t time) const {
        return changes * (time + 1) + types * 6 + names + leaps * (time + 4) + standard_flags + utc_flags;
    }

    bool is_header = false;
    std::int64_t version = 0;
    std::size_t utc_flags = 0;
    std::size_t standard_flags = 0;
    std::size_t leaps = 0;
    std::size_t changes = 0;
    std::size_t types = 0;
    std::size_t names = 0;
};

} // namespace

std::optional<ZoneFile> ZoneFile::parse(std::string_view content) {
    Bytes bytes(content);
    const Header old = Header::take_from(bytes); // with times of four bytes, for old readers
    if (!old.is_header || old.version < '2') return std::nullopt;
    bytes.take(old.size(4));
    const Header header = Header::take_from(bytes);
    Bytes part(bytes.take(header.size(8)));
    if (!header.is_header || bytes.has_failed() || header.types == 0 || header.leaps > 0) return std::nullopt;

    ZoneFile zone;
    for (std::size_t i = 0; i < header.changes; ++i)
        zone.changes_.push_back({sys_seconds{seconds{part.number(8)}}, {}});
    const std::string_view kinds = part.take(header.changes);
    std::vector<seconds> offsets;
    for (std::size_t i = 0; i < header.types; ++i) {
        offsets.emplace_back(part.number(4));
        part.take(2);
    }
    for (std::size_t i = 0; i < header.changes; ++i) {
        const auto kind = static_cast<unsigned char>(kinds[i]);
        if (kind >= offsets.size()) return std::nullopt;
        zone.changes_[i].offset = offsets[kind];
    }
    if (!std::ranges::is_sorted(zone.changes_, {}, &Change::at)) return std::nullopt;
    zone.first_offset_ = offsets.front();
    std::string_view footer = bytes.rest();
    if (footer.starts_with('\n')) footer = footer.substr(1, footer.find('\n', 1) - 1);
    zone.rule_ = YearlyRule::parse(footer);
    return zone;
}

ZonePeriod ZoneFile::period_at(sys_seconds instant) const {
    const auto next = std::ranges::upper_bound(changes_, instant, {}, &Change::at);
    ZonePeriod period{sys_seconds::min(), sys_seconds::max(), first_offset_};
    if (next != changes_.begin()) {
        period.begin = std::prev(next)->at;
        period.offset = std::prev(next)->offset;
    }
    if (next != changes_.end()) {
        period.end = next->at;
    } else if (rule_) {
        const ZonePeriod by_rule = rule_->period_at(instant);
        period = {std::max(period.begin, by_rule.begin), by_rule.end, by_rule.offset};
    }
    return period;
}

} // namespace fathom::detail
