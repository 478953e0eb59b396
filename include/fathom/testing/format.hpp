/// @file
/// `std::format` for the values of fathom::testing, where the standard library has it; see <fathom/format.hpp>.
#pragma once

#include <fathom/format.hpp>
#include <fathom/testing/emulated_data.hpp>
#include <fathom/testing/emulator_options.hpp>
#include <fathom/testing/faults.hpp>
#include <fathom/testing/recorded_request.hpp>
#include <fathom/testing/report_rules.hpp>
#include <fathom/testing/scripted_transport.hpp>
#include <fathom/testing/server_limits.hpp>

#if defined(__cpp_lib_format)

// clang-format off: a table
template <> struct std::formatter<fathom::testing::EmulatedSite> : fathom::Formatter<fathom::testing::EmulatedSite> {};
template <> struct std::formatter<fathom::testing::EmulatedEvent> : fathom::Formatter<fathom::testing::EmulatedEvent> {};
template <> struct std::formatter<fathom::testing::EmulatedMilestone> : fathom::Formatter<fathom::testing::EmulatedMilestone> {};
template <> struct std::formatter<fathom::testing::VisitorTraits> : fathom::Formatter<fathom::testing::VisitorTraits> {};
template <> struct std::formatter<fathom::testing::EmulatedPageviews> : fathom::Formatter<fathom::testing::EmulatedPageviews> {};
template <> struct std::formatter<fathom::testing::EmulatedConversions> : fathom::Formatter<fathom::testing::EmulatedConversions> {};
template <> struct std::formatter<fathom::testing::EmulatedVisitors> : fathom::Formatter<fathom::testing::EmulatedVisitors> {};
template <> struct std::formatter<fathom::testing::Dialect> : fathom::Formatter<fathom::testing::Dialect> {};
template <> struct std::formatter<fathom::testing::SampleData> : fathom::Formatter<fathom::testing::SampleData> {};
template <> struct std::formatter<fathom::testing::EventIds> : fathom::Formatter<fathom::testing::EventIds> {};
template <> struct std::formatter<fathom::testing::RetiredEndpoints> : fathom::Formatter<fathom::testing::RetiredEndpoints> {};
template <> struct std::formatter<fathom::testing::EmulatorOptions> : fathom::Formatter<fathom::testing::EmulatorOptions> {};
template <> struct std::formatter<fathom::testing::Handling> : fathom::Formatter<fathom::testing::Handling> {};
template <> struct std::formatter<fathom::testing::Ending> : fathom::Formatter<fathom::testing::Ending> {};
template <> struct std::formatter<fathom::testing::Fault> : fathom::Formatter<fathom::testing::Fault> {};
template <> struct std::formatter<fathom::testing::FaultSchedule> : fathom::Formatter<fathom::testing::FaultSchedule> {};
template <> struct std::formatter<fathom::testing::RecordedRequest> : fathom::Formatter<fathom::testing::RecordedRequest> {};
template <> struct std::formatter<fathom::testing::RequestFilter> : fathom::Formatter<fathom::testing::RequestFilter> {};
template <> struct std::formatter<fathom::testing::RowOrder> : fathom::Formatter<fathom::testing::RowOrder> {};
template <> struct std::formatter<fathom::testing::TextOrder> : fathom::Formatter<fathom::testing::TextOrder> {};
template <> struct std::formatter<fathom::testing::LetterCase> : fathom::Formatter<fathom::testing::LetterCase> {};
template <> struct std::formatter<fathom::testing::NullRows> : fathom::Formatter<fathom::testing::NullRows> {};
template <> struct std::formatter<fathom::testing::VisitorSignature> : fathom::Formatter<fathom::testing::VisitorSignature> {};
template <> struct std::formatter<fathom::testing::BounceRate> : fathom::Formatter<fathom::testing::BounceRate> {};
template <> struct std::formatter<fathom::testing::ReportRules> : fathom::Formatter<fathom::testing::ReportRules> {};
template <> struct std::formatter<fathom::testing::ScriptedAnswer> : fathom::Formatter<fathom::testing::ScriptedAnswer> {};
template <> struct std::formatter<fathom::testing::ScriptedFailure> : fathom::Formatter<fathom::testing::ScriptedFailure> {};
template <> struct std::formatter<fathom::testing::RecordedCall> : fathom::Formatter<fathom::testing::RecordedCall> {};
template <> struct std::formatter<fathom::testing::LimitWindow> : fathom::Formatter<fathom::testing::LimitWindow> {};
template <> struct std::formatter<fathom::testing::ServerLimit> : fathom::Formatter<fathom::testing::ServerLimit> {};
template <> struct std::formatter<fathom::testing::ConcurrencyCap> : fathom::Formatter<fathom::testing::ConcurrencyCap> {};
template <> struct std::formatter<fathom::testing::OtherPrograms> : fathom::Formatter<fathom::testing::OtherPrograms> {};
template <> struct std::formatter<fathom::testing::ServerLimits> : fathom::Formatter<fathom::testing::ServerLimits> {};
// clang-format on

#endif
