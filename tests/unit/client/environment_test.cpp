// Clients that are made of what the environment says.
#include <string>

#include <gtest/gtest.h>

#include <fathom/fathom.hpp>

#include "support/environment.hpp"

namespace fathom {
namespace {

class Environment : public ::testing::Test {
protected:
    Environment() {
        set_variable("FATHOM_API_KEY", "key");
        set_variable("FATHOM_BASE_URL", "http://127.0.0.1:1/v1");
    }
    ~Environment() override {
        unset_variable("FATHOM_API_KEY");
        unset_variable("FATHOM_BASE_URL");
    }

    /// The field that the environment is refused for; empty where it is taken.
    [[nodiscard]] static std::string refused_field() {
        const Result<ClientOptions> options = ClientOptions::from_env();
        return options ? "" : options.error().fields.at(0).field;
    }
};

TEST_F(Environment, NamesTheKeyAndTheAddress) {
    const ClientOptions options = ClientOptions::from_env().value();
    EXPECT_EQ(options.api_key, "key");
    EXPECT_EQ(options.base_url, "http://127.0.0.1:1/v1");
}

TEST_F(Environment, MayLeaveTheAddressToTheLibrary) {
    unset_variable("FATHOM_BASE_URL");
    EXPECT_EQ(ClientOptions::from_env().value().base_url, ClientOptions{.api_key = "key"}.base_url);
}

TEST_F(Environment, IsRefusedWithoutAKey) {
    set_variable("FATHOM_API_KEY", "");
    EXPECT_EQ(refused_field(), "FATHOM_API_KEY");
    unset_variable("FATHOM_API_KEY");
    EXPECT_EQ(refused_field(), "FATHOM_API_KEY");
    EXPECT_THROW(std::ignore = Client::from_env(), Exception);
    EXPECT_THROW(std::ignore = AsyncClient::from_env(), Exception);
}

TEST_F(Environment, MakesClientsOfBothKinds) {
    const ErrorKind refused = ErrorKind::network; // nobody listens there
    EXPECT_EQ(Client::from_env().account().get({.retry = RetryPolicy{.max_attempts = 1}}).error().kind, refused);
    EXPECT_EQ(AsyncClient::from_env().account().get({.retry = RetryPolicy{.max_attempts = 1}}).get().error().kind,
              refused);
}

#if !defined(_WIN32) // where there is no variable without a value
TEST_F(Environment, IsRefusedByAnAddressThatIsSetButEmpty) {
    set_variable("FATHOM_BASE_URL", "");
    EXPECT_THROW(std::ignore = Client::from_env(), Exception);
}
#endif

TEST(AsyncClientOptions, AreRefusedWithoutAnException) {
    const Result<AsyncClient> refused = AsyncClient::create({.api_key = ""});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fields.at(0).field, "api_key");
    EXPECT_TRUE(AsyncClient::create({.api_key = "key"}));
}

} // namespace
} // namespace fathom
