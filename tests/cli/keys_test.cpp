#include <fathom/testing/emulator.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "command_line.hpp"

namespace fathom::cli {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
    std::ifstream text(file);
    return {std::istreambuf_iterator<char>(text), {}};
}

class KeyringInMemory final : public Keyring {
public:
    bool store(const std::string& account, const std::string& key) override {
        if (!is_open) return false;
        keys[account] = key;
        return true;
    }
    std::optional<std::string> find(const std::string& account) override {
        const auto found = keys.find(account);
        return is_open && found != keys.end() ? std::optional(found->second) : std::nullopt;
    }
    bool remove(const std::string& account) override {
        if (is_open) keys.erase(account);
        return is_open;
    }

    std::map<std::string, std::string> keys{};
    bool is_open = true;
};

class Keys : public ::testing::Test {
protected:
    fs::path file() const { return fathom.home() / ".config/fathom/accounts.json"; }
    Ended log_in(const std::string& key, std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{"auth", "login", "--base-url", emulator.base_url()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return fathom.run(arguments, key + "\n");
    }

    testing::Emulator emulator{{.dialect = testing::Dialect::live}};
    CommandLine fathom{};
};

TEST_F(Keys, AreReadFromTheInputTriedAndKept) {
    const Ended ended = log_in(emulator.api_key());
    EXPECT_EQ(ended.code, ExitCode::done) << ended.err;
    EXPECT_EQ(ended.out, "");
    EXPECT_EQ(fathom.run({"sites", "list"}).code, ExitCode::done);
}

TEST_F(Keys, AreKeptForTheirOwnerAlone) {
    (void)log_in(emulator.api_key());
    EXPECT_EQ(fs::status(file()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(fs::status(file().parent_path()).permissions(), fs::perms::owner_all);
}

TEST_F(Keys, AreNotKeptWhereTheServiceRefusesThem) {
    EXPECT_EQ(log_in("wrong").code, ExitCode::refused);
    EXPECT_EQ(log_in("").code, ExitCode::usage);
    EXPECT_FALSE(fs::exists(file()));
}

TEST_F(Keys, AreNeverPrinted) {
    fathom.can_ask = true;
    const Ended login = log_in(emulator.api_key());
    const Ended status = fathom.run({"auth", "status"});
    EXPECT_EQ(status.code, ExitCode::done) << status.err;
    for (const std::string& text : {login.out, login.err, status.out, status.err}) {
        EXPECT_EQ(text.find(emulator.api_key()), std::string::npos) << text;
    }
}

TEST_F(Keys, DoNotSteerTheTerminalByTheirNames) {
    emulator.inject(testing::faults::answer(200, R"({"name":"a\u001b[2K\rb","version":4,"abilities":["*"]})"));
    EXPECT_EQ(log_in(emulator.api_key()).err,
              "The key a [2K b is kept as the account default, in " + file().string() + ".\n");
}

TEST_F(Keys, HaveNames) {
    (void)log_in(emulator.api_key(), {"--account", "work"});
    EXPECT_EQ(fathom.run({"sites", "list", "--account", "work"}).code, ExitCode::done);
    const Ended other = fathom.run({"sites", "list"});
    EXPECT_EQ(other.code, ExitCode::usage);
    EXPECT_EQ(other.err, "fathom: there is no API key; run `fathom auth login`, or set FATHOM_API_KEY\n");
}

TEST_F(Keys, HaveNamesThatCanBeKept) {
    for (const std::string name : {"", "bad\xff"}) {
        const Ended ended = log_in(emulator.api_key(), {"--account", name});
        EXPECT_EQ(ended.code, ExitCode::usage) << name;
        EXPECT_NE(ended.err.find("--account: is "), std::string::npos) << ended.err;
    }
    EXPECT_EQ(emulator.request_count(), 0U);
    EXPECT_EQ(log_in(emulator.api_key(), {"--account", "b\xc3\xa4r"}).code, ExitCode::done);
}

TEST_F(Keys, SayWhatToSetWhereTheirFileCannotBeWritten) {
    std::ofstream(fathom.home() / "file") << "x"; // in which no folder can be made, by root neither
    fathom.variables["XDG_CONFIG_HOME"] = (fathom.home() / "file").string();
    const Ended ended = log_in(emulator.api_key());
    EXPECT_EQ(ended.code, ExitCode::usage);
    EXPECT_EQ(ended.err.find("filesystem error"), std::string::npos) << ended.err;
    EXPECT_NE(ended.err.find("; set XDG_CONFIG_HOME to a folder that can be written to\n"), std::string::npos)
        << ended.err;
}

TEST_F(Keys, OfTheEnvironmentGoFirst) {
    (void)log_in(emulator.api_key());
    fathom.variables["FATHOM_API_KEY"] = "wrong";
    fathom.variables["FATHOM_BASE_URL"] = emulator.base_url();
    EXPECT_EQ(fathom.run({"sites", "list"}).code, ExitCode::refused);
}

TEST_F(Keys, AreKeptInTheKeyringAlone) {
    const auto keyring = std::make_shared<KeyringInMemory>();
    fathom.keyring = keyring;
    EXPECT_EQ(log_in(emulator.api_key(), {"--keyring"}).err,
              "The key Emulator is kept as the account default, in the keyring.\n");
    EXPECT_EQ(text_of(file()).find(emulator.api_key()), std::string::npos) << text_of(file());
    EXPECT_EQ(fathom.run({"sites", "list"}).code, ExitCode::done);

    keyring->is_open = false;
    const Ended locked = fathom.run({"sites", "list"});
    EXPECT_EQ(locked.code, ExitCode::usage);
    EXPECT_EQ(locked.err,
              "fathom: the keyring does not give the key of the account default; unlock it, or run `fathom auth "
              "login` again\n");

    keyring->is_open = true;
    EXPECT_EQ(fathom.run({"auth", "logout"}).code, ExitCode::done);
    EXPECT_TRUE(keyring->keys.empty());
}

TEST_F(Keys, AreNotForgottenWhereTheKeyringKeepsThem) {
    const auto keyring = std::make_shared<KeyringInMemory>();
    fathom.keyring = keyring;
    (void)log_in(emulator.api_key(), {"--keyring"});
    keyring->is_open = false;
    const Ended kept = fathom.run({"auth", "logout"});
    EXPECT_EQ(kept.code, ExitCode::failed);
    EXPECT_EQ(kept.err, "fathom: the keyring has kept the key of the account default, so the account stays, too\n"
                        "Unlock the keyring, and run `fathom auth logout` again.\n");

    fathom.keyring = nullptr;
    EXPECT_EQ(fathom.run({"auth", "logout"}).code, ExitCode::failed);

    keyring->is_open = true;
    fathom.keyring = keyring;
    EXPECT_EQ(fathom.run({"auth", "logout"}).code, ExitCode::done);
    EXPECT_TRUE(keyring->keys.empty());
}

TEST_F(Keys, LeaveTheKeyringForTheFile) {
    const auto keyring = std::make_shared<KeyringInMemory>();
    fathom.keyring = keyring;
    (void)log_in(emulator.api_key(), {"--keyring"});
    EXPECT_EQ(log_in(emulator.api_key()).code, ExitCode::done);
    EXPECT_TRUE(keyring->keys.empty());
    EXPECT_EQ(fathom.run({"sites", "list"}).code, ExitCode::done);
}

TEST_F(Keys, ThatStayInTheKeyringAreNoReasonToRefuseALogin) {
    const auto keyring = std::make_shared<KeyringInMemory>();
    fathom.keyring = keyring;
    (void)log_in(emulator.api_key(), {"--keyring"});
    keyring->is_open = false;
    const Ended ended = log_in(emulator.api_key());
    EXPECT_EQ(ended.code, ExitCode::done);
    EXPECT_NE(ended.err.find("The keyring has kept the older key of the account default"), std::string::npos)
        << ended.err;
    EXPECT_EQ(fathom.run({"sites", "list"}).code, ExitCode::done);
}

TEST_F(Keys, AreNotKeptWhereThereIsNoKeyring) {
    const Ended ended = log_in(emulator.api_key(), {"--keyring"});
    EXPECT_EQ(ended.code, ExitCode::usage);
    EXPECT_NE(ended.err.find("libsecret-tools"), std::string::npos) << ended.err;
    EXPECT_FALSE(fs::exists(file()));
}

TEST_F(Keys, AreForgotten) {
    (void)log_in(emulator.api_key());
    EXPECT_EQ(fathom.run({"auth", "logout"}).code, ExitCode::done);
    EXPECT_EQ(text_of(file()).find(emulator.api_key()), std::string::npos);
    EXPECT_EQ(fathom.run({"auth", "logout"}).code, ExitCode::usage);
}

TEST_F(Keys, InAFileThatIsDamagedAreAnErrorAndStay) {
    fs::create_directories(file().parent_path());
    std::ofstream(file()) << "{\"accounts\": ";
    const Ended ended = log_in(emulator.api_key());
    EXPECT_EQ(ended.code, ExitCode::usage);
    EXPECT_NE(ended.err.find("does not hold accounts"), std::string::npos) << ended.err;
    EXPECT_EQ(text_of(file()), "{\"accounts\": ");
}

TEST_F(Keys, InAFileOfSomebodyElseAreAnErrorAndStay) {
    (void)log_in(emulator.api_key(), {"--account", "work"});
    const std::string before = text_of(file());
    fs::permissions(file(), fs::perms::none);
    if (std::ifstream(file()).is_open()) GTEST_SKIP() << "who runs this reads whatever there is";
    const Ended ended = log_in(emulator.api_key());
    EXPECT_EQ(ended.code, ExitCode::usage);
    EXPECT_NE(ended.err.find(file().string() + " cannot be read; let its owner"), std::string::npos) << ended.err;
    fs::permissions(file(), fs::perms::owner_read);
    EXPECT_EQ(text_of(file()), before);
}

TEST_F(Keys, InAFileThatCannotBeOpenedAreAnErrorAndStay) {
    fs::create_directories(file().parent_path());
    fs::create_symlink("accounts.json", file()); // a link to itself, which not even root can open
    const Ended ended = log_in(emulator.api_key());
    EXPECT_EQ(ended.code, ExitCode::usage);
    EXPECT_NE(ended.err.find("cannot be read"), std::string::npos) << ended.err;
    EXPECT_TRUE(fs::is_symlink(file()));
}

TEST_F(Keys, AreNoneInAFolder) {
    fs::create_directories(file());
    const Ended ended = fathom.run({"sites", "list"});
    EXPECT_EQ(ended.code, ExitCode::usage);
    EXPECT_NE(ended.err.find(file().string()), std::string::npos) << ended.err;
}

TEST_F(Keys, AreNotKeptWhereTheirFileCannotBeLocked) {
    fs::create_directories(file().string() + ".lock");
    const Ended ended = log_in(emulator.api_key());
    EXPECT_EQ(ended.code, ExitCode::usage);
    EXPECT_NE(ended.err.find(".lock cannot be written ("), std::string::npos) << ended.err;
}

TEST_F(Keys, AreKeptWhereTheEnvironmentSays) {
    fathom.variables["XDG_CONFIG_HOME"] = (fathom.home() / "elsewhere").string();
    (void)log_in(emulator.api_key());
    EXPECT_TRUE(fs::exists(fathom.home() / "elsewhere/fathom/accounts.json"));
    EXPECT_FALSE(fs::exists(file()));
}

TEST_F(Keys, AreNotKeptBelowTheFolderInWhichTheProgramRuns) {
    fathom.variables["XDG_CONFIG_HOME"] = "relative";
    (void)log_in(emulator.api_key());
    EXPECT_TRUE(fs::exists(file()));
    EXPECT_FALSE(fs::exists("relative"));
}

TEST_F(Keys, OfAServiceThatKnowsNoTokensAreTriedByTheAccount) {
    const testing::Emulator specified;
    fathom.variables["FATHOM_API_KEY"] = specified.api_key();
    fathom.variables["FATHOM_BASE_URL"] = specified.base_url();
    const Ended ended = fathom.run({"auth", "status", "--fields", "account"});
    EXPECT_EQ(ended.code, ExitCode::done) << ended.err;
    EXPECT_EQ(ended.out, "FATHOM_API_KEY\n");
}

} // namespace
} // namespace fathom::cli
