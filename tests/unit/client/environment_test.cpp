// Clients that are made of what the environment says.
#include <cstdlib>
#include <string>

#include <gtest/gtest.h>

#include <fathom/fathom.hpp>

namespace fathom {
namespace {

// NOLINTBEGIN(concurrency-mt-unsafe): there is one thread

class Environment : public ::testing::Test {
protected:
    Environment() {
        ::setenv("FATHOM_API_KEY", "key", 1);
        ::setenv("FATHOM_BASE_URL", "http://127.0.0.1:1/v1", 1);
    }
    ~Environment() override {
        ::unsetenv("FATHOM_API_KEY");
        ::unsetenv("FATHOM_BASE_URL");
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
    ::unsetenv("FATHOM_BASE_URL");
    EXPECT_EQ(ClientOptions::from_env().value().base_url, ClientOptions{.api_key = "key"}.base_url);
}

TEST_F(Environment, IsRefusedWithoutAKey) {
    ::setenv("FATHOM_API_KEY", "", 1);
    EXPECT_EQ(refused_field(), "FATHOM_API_KEY");
    ::unsetenv("FATHOM_API_KEY");
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

TEST_F(Environment, IsRefusedByAnAddressThatIsSetButEmpty) {
    ::setenv("FATHOM_BASE_URL", "", 1);
    EXPECT_THROW(std::ignore = Client::from_env(), Exception);
}

// NOLINTEND(concurrency-mt-unsafe)

TEST(AsyncClientOptions, AreRefusedWithoutAnException) {
    const Result<AsyncClient> refused = AsyncClient::create({.api_key = ""});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fields.at(0).field, "api_key");
    EXPECT_TRUE(AsyncClient::create({.api_key = "key"}));
}

} // namespace
} // namespace fathom
