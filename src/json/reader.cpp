#include "reader.hpp"

#include <utility>

#include "error_reader.hpp"
#include "find_in_turn.hpp"
#include "not_json.hpp"
#include "repair.hpp"

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

bool is_place_in_list(std::string_view name) noexcept {
    return !name.empty() && name.find_first_not_of("0123456789") == std::string_view::npos;
}

std::optional<Error> Reader::parse(std::string_view body) {
    const Parsed parsed = json::parse(body, *this);
    if (parsed.is_whole) return std::nullopt;
    return error_ ? std::move(error_) : broken_json(body, parsed.position);
}

bool Reader::start_object() {
    if (skipped_depth_ > 0) return skip();
    const bool is_numbered_element =
        !frames_.empty() && frames_.back().is_numbered && frames_.back().place.shape->append != nullptr;
    const Place place = is_numbered_element ? next_element(frames_.back()) : next_place();
    if (place.shape == nullptr) return skip();
    if (place.shape->is_object) return enter(place, false), true;
    if (place.shape->append == nullptr) return skip(), refuse(place, "an object");
    enter(place, true);
    note(unexpected_list);
    return true;
}

bool Reader::start_array() {
    if (skipped_depth_ > 0) return skip();
    const Place place = next_place();
    if (place.shape == nullptr) return skip();
    if (place.shape->append == nullptr) return skip(), refuse(place, "an array");
    return enter(place, true), true;
}

bool Reader::key(std::string_view name) {
    if (skipped_depth_ > 0) return true;
    Frame& frame = frames_.back();
    frame.is_empty = false;
    frame.is_numbered = false;
    if (frame.is_list) return true;
    frame.member = find_in_turn(frame.place.shape->members, frame.next, name);
    if (frame.member != nullptr) return true;
    frame.is_numbered = is_place_in_list(name);
    const bool is_root = frames_.size() == 1;
    if (is_root && names_an_error(name)) names_an_error_ = true;
    return true;
}

bool Reader::end_object() {
    if (skipped_depth_ > 0) return --skipped_depth_, true;
    if (!frames_.back().is_list && !close_object(frames_.back())) return false;
    frames_.pop_back();
    return true;
}

bool Reader::close_object(Frame& frame) {
    const bool is_root = frames_.size() == 1;
    if (is_root && frame.seen == 0 && frame.index == 0) is_blank_ = true;
    const bool is_list_of_numbers = frame.place.shape->append != nullptr && (frame.index > 0 || frame.is_empty);
    if (is_list_of_numbers) {
        frame.member = nullptr; // it is about the list, not about the last member or item
        frame.index = 0;
        return note(unexpected_list), true;
    }
    const auto members = frame.place.shape->members;
    for (std::size_t i = 0; i < members.size(); ++i) {
        const bool is_missing = members[i].presence != Presence::optional && (frame.seen >> i & 1U) == 0;
        if (!is_missing) continue;
        frame.member = &members[i];
        if (members[i].presence == Presence::required) return fail(missing, "is missing, but required");
        note(missing);
    }
    return true;
}

bool Reader::end_array() {
    if (skipped_depth_ > 0) return --skipped_depth_, true;
    frames_.pop_back();
    return true;
}

bool Reader::scalar(const Scalar& scalar) {
    if (skipped_depth_ > 0) return true;
    const Place place = next_place();
    if (place.shape == nullptr) return true;
    if (place.shape->read_scalar && place.shape->read_scalar(scalar, place.slot)) {
        if (state_ == BodyState::repaired && tells_of_repair(scalar)) note(replaced_characters);
        return true;
    }
    const bool is_absent = scalar.kind == Scalar::Kind::null && place.presence == Presence::optional;
    return is_absent || refuse(place, describe(scalar));
}

Reader::Place Reader::next_place() {
    if (frames_.empty()) return root_;
    Frame& frame = frames_.back();
    if (frame.is_list) return next_element(frame);
    if (!frame.member) return {};
    frame.seen |= std::uint64_t{1} << static_cast<std::size_t>(frame.member - frame.place.shape->members.data());
    return {frame.member->shape, frame.member->slot(frame.place.slot), frame.member->presence};
}

Reader::Place Reader::next_element(Frame& frame) {
    ++frame.index;
    const bool is_required = frame.place.presence == Presence::required;
    return {frame.place.shape->element, frame.place.shape->append(frame.place.slot),
            is_required ? Presence::required : Presence::expected};
}

void Reader::enter(const Place& place, bool is_list) {
    frames_.push_back({.place = place, .is_list = is_list, .next = place.shape->members.data()});
}

bool Reader::refuse(const Place& place, std::string_view what) {
    if (place.presence == Presence::required) {
        return fail(what, "is " + std::string(what) + ", which is not what belongs there");
    }
    note(what);
    const bool is_element = !frames_.empty() && frames_.back().is_list;
    if (is_element) frames_.back().place.shape->drop(frames_.back().place.slot);
    return true;
}

void Reader::note(std::string_view what) {
    if (drift_->has_room()) drift_->add(path(), std::string(what));
}

bool Reader::fail(std::string_view found, std::string_view sentence) {
    std::string where = path();
    error_ = wrong_value(where, sentence);
    drift_->add_last(std::move(where), std::string(found));
    return false;
}

std::string Reader::path() const {
    std::string text;
    for (const Frame& frame : frames_) {
        if (frame.index > 0 && frame.member == nullptr) {
            text.append("[").append(std::to_string(frame.index - 1)).append("]");
        } else if (frame.member) {
            if (!text.empty()) text.push_back('.');
            text.append(frame.member->name);
        }
    }
    return text;
}

} // namespace fathom::detail::json
