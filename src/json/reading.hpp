/// @file
/// The way in which the body of each 2xx answer is read.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include <fathom/result.hpp>

#include "../core/drift.hpp"
#include "body_state.hpp"
#include "json.hpp"
#include "reader.hpp"
#include "repair.hpp"

namespace fathom::detail::json {

/// What one reading of a body gave.
template <class T>
struct Reading {
    Result<T> value;
    bool may_be_refusal = false; ///< The body may tell of a failure although the status says success.
    bool is_blank = false;       ///< Nothing that was asked for came.
};

/// Who wrote a text. In one of the service's, `error` and the like tell of a failure; in a program's they are members that
/// nobody knows.
enum class Writer : std::uint8_t { service, program };

/// Reads a body: as it is, and where that fails once more without what no parser takes. Where the body reports a failure,
/// that is the error.
/// @param read_once a `Reading<T>(std::string_view body, DriftLog& drift, BodyState state)`
template <class T, class ReadOnce>
[[nodiscard]] Result<T> read_body(std::string_view body, DriftLog& drift, Writer writer, const ReadOnce& read_once) {
    DriftLog found;
    Reading<T> reading = read_once(body, found, BodyState::as_sent);
    std::optional<Repaired> repaired;
    if (!reading.value) repaired = repair(body);
    if (repaired) {
        found = {};
        if (repaired->replaced_characters > 0) found.add({}, std::string(replaced_characters));
        body = repaired->body;
        reading = read_once(body, found, BodyState::repaired);
    }
    const bool may_be_refusal = !reading.value || reading.may_be_refusal || reading.is_blank;
    if (writer == Writer::service && may_be_refusal) {
        const Error blank = wrong_value("", "holds nothing that was asked for");
        const Error* unreadable = reading.is_blank ? &blank : nullptr;
        if (!reading.value) unreadable = &reading.value.error();
        if (std::optional<Error> refusal = refusal_in(body, unreadable)) return *std::move(refusal);
    }
    for (const Drift& one : found.kept()) drift.add(one.path, one.found); // nothing in a refusal is drift
    return std::move(reading.value);
}

} // namespace fathom::detail::json
