#include "reader.hpp"

#include <utility>

#include "find_in_turn.hpp"
#include "not_json.hpp"

namespace fathom::detail::json {

Error broken_json(std::string_view body, std::size_t position) {
    if (std::optional<Error> error = not_json(body)) return *std::move(error);
    const std::size_t start = body.find_first_not_of(" \t\r\n");
    std::string message;
    if (start == std::string_view::npos) {
        message = "the answer is empty where JSON was expected";
    } else {
        message = "the answer is not valid JSON at byte " + std::to_string(position) + " of " +
                  std::to_string(body.size()) + "; it begins with: " + shortened(body.substr(start));
    }
    return {.kind = ErrorKind::decode, .message = std::move(message)};
}

Error wrong_value(std::string_view path, std::string_view what) {
    const std::string_view shown = path.empty() ? "the answer" : path;
    return {.kind = ErrorKind::decode, .message = std::string(shown) + ": " + std::string(what)};
}

std::optional<Error> Reader::parse(std::string_view body) {
    if (Parser::sax_parse(body.data(), body.data() + body.size(), this)) return std::nullopt;
    return error_ ? std::move(error_) : broken_json(body, failed_at_);
}

bool Reader::start_object(std::size_t) { return open(false); }

bool Reader::start_array(std::size_t) { return open(true); }

bool Reader::key(TokenText& name) {
    if (skipped_depth_ > 0) return true;
    Frame& frame = frames_.back();
    frame.member = find_in_turn(frame.place.shape->members, frame.next, name.view());
    return true;
}

bool Reader::end_object() {
    if (skipped_depth_ > 0) return --skipped_depth_, true;
    Frame& frame = frames_.back();
    const auto members = frame.place.shape->members;
    for (std::size_t i = 0; i < members.size(); ++i) {
        const bool is_missing = members[i].presence == Presence::required && (frame.seen >> i & 1U) == 0;
        if (!is_missing) continue;
        frame.member = &members[i];
        return fail("is missing, but the API always sends it");
    }
    frames_.pop_back();
    return true;
}

bool Reader::end_array() {
    if (skipped_depth_ > 0) return --skipped_depth_, true;
    frames_.pop_back();
    return true;
}

bool Reader::parse_error(std::size_t position, const std::string&, const Parser::exception&) {
    failed_at_ = position;
    return false;
}

bool Reader::scalar(const Scalar& scalar) {
    if (skipped_depth_ > 0) return true;
    const Place place = next_place();
    if (place.shape == nullptr) return true;
    if (place.shape->read_scalar && place.shape->read_scalar(scalar, place.slot)) return true;
    const bool is_required =
        frames_.empty() || frames_.back().is_array || frames_.back().member->presence == Presence::required;
    if (scalar.kind == Scalar::Kind::null && !is_required) return true;
    return fail("is " + describe(scalar) + ", which is not what belongs there");
}

Reader::Place Reader::next_place() {
    if (frames_.empty()) return root_;
    Frame& frame = frames_.back();
    if (frame.is_array) {
        ++frame.index;
        return {frame.place.shape->element, frame.place.shape->append(frame.place.slot)};
    }
    if (!frame.member) return {};
    frame.seen |= std::uint64_t{1} << static_cast<std::size_t>(frame.member - frame.place.shape->members.data());
    return {frame.member->shape, frame.member->slot(frame.place.slot)};
}

bool Reader::open(bool is_array) {
    if (skipped_depth_ > 0) return ++skipped_depth_, true;
    const Place place = next_place();
    if (place.shape == nullptr) return ++skipped_depth_, true;
    const bool fits = is_array ? place.shape->append != nullptr : place.shape->is_object;
    if (!fits) {
        return fail(is_array ? "is an array, which is not what belongs there"
                             : "is an object, which is not what belongs there");
    }
    frames_.push_back({.place = place, .is_array = is_array, .next = place.shape->members.data()});
    return true;
}

bool Reader::fail(std::string_view what) {
    error_ = wrong_value(path(), what);
    return false;
}

std::string Reader::path() const {
    std::string text;
    for (const Frame& frame : frames_) {
        if (frame.is_array) {
            text.append("[").append(std::to_string(frame.index - 1)).append("]");
        } else if (frame.member) {
            if (!text.empty()) text.push_back('.');
            text.append(frame.member->name);
        }
    }
    return text;
}

} // namespace fathom::detail::json
