/// @file
/// ReportRules: how an emulated service counts and orders, where the real one documents nothing or has changed its mind.
#pragma once

#include <iosfwd>

#include <fathom/export.hpp>

namespace fathom::testing {

/// In which order rows come that `sort_by` leaves open: all without one, those that tie with one.
enum class RowOrder {
    grouped,  ///< By the bucket and the fields, ascending.
    reversed, ///< By the bucket and the fields, descending.
    shuffled, ///< Another one for each request; the same for the same seed and sequence of requests.
};
/// Writes the enumerator's name in C++.
FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, RowOrder value);

/// How texts compare when rows and names of events are sorted.
enum class TextOrder {
    binary,              ///< By bytes: `B` before `a`.
    case_insensitive,    ///< ASCII letters by their lower case: `a` before `B`.
    punctuation_ignored, ///< As case_insensitive, over letters and digits alone: `/a-b` and `/ab` tie.
};
/// Writes the enumerator's name in C++.
FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, TextOrder value);

/// Whether ASCII letters of different case are the same.
enum class LetterCase {
    distinguished, ///< `A` is not `a`.
    ignored,       ///< `A` is `a`.
};
/// Writes the enumerator's name in C++.
FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, LetterCase value);

/// What `is not`, `is not like` and `not matching` do with rows that have no value in the field.
enum class NullRows {
    kept,    ///< They pass, as what has no value is not the value.
    dropped, ///< They don't, as SQL has it: nothing is known of what is null.
};
/// Writes the enumerator's name in C++.
FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, NullRows value);

/// How long a visitor is recognized. See EmulatedPageviews::visitors.
enum class VisitorSignature {
    daily,   ///< Until midnight UTC, as the service documents it: whoever comes on two days counts twice.
    lasting, ///< Always: `uniques` do not add up over the days of any zone.
};
/// Writes the enumerator's name in C++.
FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, VisitorSignature value);

/// How the live dialect writes `bounce_rate`. The specification's dialect always writes the fraction, as text.
enum class BounceRate {
    percentage, ///< `"25.0000"`: text from 0 to 100, as since early 2026.
    fraction,   ///< `0.25`: a number from 0 to 1, as before.
};
/// Writes the enumerator's name in C++.
FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, BounceRate value);

/// How reports come about. The defaults are what the service documents, or a guess where it documents nothing: run tests
/// of programs that rely on one of these with each of its values.
struct ReportRules {
    RowOrder open_order = RowOrder::grouped;                      ///< Of rows that `sort_by` leaves open.
    TextOrder text_order = TextOrder::binary;                     ///< Of fields, and of names in lists of events.
    LetterCase matching_case = LetterCase::distinguished;         ///< Of `matching` and `not matching`.
    LetterCase like_case = LetterCase::ignored;                   ///< Of `is like` and `is not like`.
    NullRows null_rows = NullRows::kept;                          ///< Under `is not`, `is not like`, `not matching`.
    VisitorSignature visitor_signature = VisitorSignature::daily; ///< What `uniques` count.
    BounceRate bounce_rate = BounceRate::percentage;              ///< Of the live dialect.

    /// Member-wise equality.
    friend bool operator==(const ReportRules&, const ReportRules&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, const ReportRules& value);
};

} // namespace fathom::testing
