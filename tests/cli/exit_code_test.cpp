#include "cli/exit_code.hpp"

#include <fathom/testing/emulator.hpp>
#include <fathom/time_zone.hpp>

#include <gtest/gtest.h>

#include <string>

#include "command_line.hpp"

namespace fathom::cli {
namespace {

using namespace std::chrono_literals;

TEST(ExitCodes, TellKindsOfErrorsApart) {
    const auto code = [](ErrorKind kind) { return static_cast<int>(exit_code_of(Error{.kind = kind})); };
    EXPECT_EQ(code(ErrorKind::internal), 1);
    EXPECT_EQ(code(ErrorKind::invalid_argument), 2);
    EXPECT_EQ(code(ErrorKind::unauthorized), 3);
    EXPECT_EQ(code(ErrorKind::forbidden), 3);
    EXPECT_EQ(code(ErrorKind::not_found), 4);
    EXPECT_EQ(code(ErrorKind::gone), 4);
    EXPECT_EQ(code(ErrorKind::rate_limited), 5);
    for (const ErrorKind kind :
         {ErrorKind::server, ErrorKind::network, ErrorKind::tls, ErrorKind::proxy, ErrorKind::timeout}) {
        EXPECT_EQ(code(kind), 6) << to_string(kind);
    }
    EXPECT_EQ(code(ErrorKind::truncated), 7);
    EXPECT_EQ(code(ErrorKind::pagination), 7);
}

TEST(ExitCodes, OfACommandLineThatIsWrongIsTwo) {
    const testing::Emulator emulator;
    CommandLine fathom(emulator);
    for (const std::vector<std::string>& arguments :
         std::vector<std::vector<std::string>>{{},
                                               {"nonsense"},
                                               {"sites"},
                                               {"sites", "get"},
                                               {"sites", "get", "."},
                                               {"sites", "list", "--json", "--csv"},
                                               {"report", "pageviews", "A", "--last", "soon"},
                                               {"report", "pageviews", "A", "--last", "7d", "--today"},
                                               {"report", "pageviews", "A", "--top", "0"},
                                               {"report", "pageviews", "A", "--compare", "previous", "--by", "day"},
                                               {"report", "pageviews", "A", "--compare", "previous", "--all"},
                                               {"raw", "FETCH", "/sites"}}) {
        const Ended ended = fathom.run(arguments);
        EXPECT_EQ(ended.code, ExitCode::usage) << ::testing::PrintToString(arguments);
        EXPECT_FALSE(ended.err.empty()) << ::testing::PrintToString(arguments);
        EXPECT_EQ(ended.out, "") << ::testing::PrintToString(arguments);
    }
    EXPECT_EQ(emulator.request_count(), 0U);
}

TEST(Errors, NameRemediesAsOptionsOfTheProgram) {
    const Error unknown_zone = TimeZone::find("Mars/Olympus").error();
    EXPECT_EQ(explanation_of(unknown_zone),
              "timezone: has no rules here for 'Mars/Olympus'; check its name, or install the "
              "system's time zones (the package tzdata)");
    EXPECT_NE(unknown_zone.message, explanation_of(unknown_zone));
}

TEST(Errors, NameTheOptionForParametersOfARequest) {
    const testing::Emulator emulator;
    CommandLine fathom(emulator);
    const Ended in_path = fathom.run({"raw", "GET", "/sites?limit=1"});
    EXPECT_EQ(in_path.code, ExitCode::usage);
    EXPECT_NE(in_path.err.find("; name each parameter with --query\n"), std::string::npos) << in_path.err;
    const Ended in_body = fathom.run({"raw", "GET", "/sites", "--data", "{}"});
    EXPECT_EQ(in_body.code, ExitCode::usage);
    EXPECT_NE(in_body.err.find("; take another method, or --query\n"), std::string::npos) << in_body.err;
    EXPECT_EQ(emulator.request_count(), 0U);
}

TEST(Errors, AreASentenceAndARemedy) {
    const testing::Emulator emulator;
    CommandLine fathom(emulator);
    const Ended missing = fathom.run({"sites", "get", "NOPE"});
    EXPECT_EQ(missing.code, ExitCode::not_found);
    EXPECT_EQ(missing.err,
              "fathom: Site not found\n`fathom sites list` shows the sites that the key reaches; events and "
              "milestones have such a list too.\n");

    fathom.variables["FATHOM_API_KEY"] = "wrong";
    const Ended refused = fathom.run({"sites", "list"});
    EXPECT_EQ(refused.code, ExitCode::refused);
    EXPECT_NE(refused.err.find("Run `fathom auth login`"), std::string::npos) << refused.err;
    EXPECT_EQ(refused.err.find("wrong"), std::string::npos) << refused.err;
}

TEST(Errors, NameTheArgumentThatIsEmpty) {
    const testing::Emulator emulator;
    CommandLine fathom(emulator);
    for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
             {"report", "pageviews", ""}, {"sites", "wipe", ""}, {"visitors", ""}, {"export", "", "-o", "x.csv"}}) {
        EXPECT_NE(fathom.run(words).err.find("SITE: is empty; `fathom sites list` shows the ids"), std::string::npos)
            << ::testing::PrintToString(words);
    }
}

TEST(Errors, SayWhenALimitLeavesRoomAgain) {
    const testing::Emulator emulator;
    CommandLine fathom(emulator);
    const std::string site = emulator.site_ids().front();
    for (int i = 0; i < 10; ++i) EXPECT_EQ(fathom.run({"visitors", site}).code, ExitCode::done);
    const Ended limited = fathom.run({"visitors", site, "--timeout", "1"});
    EXPECT_EQ(limited.code, ExitCode::limited);
    EXPECT_NE(limited.err.find("It can be run again in "), std::string::npos) << limited.err;
    EXPECT_EQ(emulator.request_count(), 10U); // one limit for all runs
}

TEST(Errors, OfANetworkThatIsNotThere) {
    CommandLine fathom;
    fathom.variables["FATHOM_API_KEY"] = "key";
    {
        const testing::Emulator gone;
        fathom.variables["FATHOM_BASE_URL"] = gone.base_url();
    }
    const Ended ended = fathom.run({"sites", "list", "--timeout", "1"});
    EXPECT_EQ(ended.code, ExitCode::no_network) << ended.err;
}

TEST(Output, ThatCannotBeWrittenIsAnError) {
    const testing::Emulator emulator;
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    out.setstate(std::ios::badbit);
    CommandLine fathom(emulator);
    Console console{.in = in, .out = out, .err = err, .variable = [&](const char* name) {
                        const auto found = fathom.variables.find(name);
                        return found == fathom.variables.end() ? std::nullopt : std::optional(found->second);
                    }};
    for (const std::vector<std::string>& words :
         std::vector<std::vector<std::string>>{{"sites", "list"}, {"--version"}, {"--help"}, {"report", "--help"}}) {
        err.str("");
        EXPECT_EQ(run(words, console), ExitCode::failed) << words.front();
        EXPECT_EQ(err.str(), "fathom: the output could not be written\n") << words.front();
    }
}

} // namespace
} // namespace fathom::cli
