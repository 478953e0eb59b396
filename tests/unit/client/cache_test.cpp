// What the cache of a client keeps.
#include "support/scripted_client.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;

class CachedClient : public ScriptedClient, public ::testing::WithParamInterface<const char*> {
protected:
    [[nodiscard]] Client client() const {
        ClientOptions with_cache = options();
        with_cache.cache.fresh_for = 1min;
        return Client(with_cache);
    }
    /// Answers with the parameter, then with what can be read.
    void answer_unreadably_then(const std::string& body) const {
        transport->then({.body = GetParam()}).then({.body = body});
    }
};

TEST_P(CachedClient, KeepsNoSiteThatCannotBeRead) {
    answer_unreadably_then(site_body);
    const Client client = this->client();
    EXPECT_EQ(get_site(client).error().kind, ErrorKind::decode);
    EXPECT_TRUE(get_site(client));
    EXPECT_TRUE(get_site(client)) << "kept";
    EXPECT_EQ(requests_sent(), 2U);
}

TEST_P(CachedClient, KeepsNoListThatCannotBeRead) {
    answer_unreadably_then(R"({"data":[{"id":"CDBUGS","name":"Shop"}],"has_more":false})");
    const Client client = this->client();
    EXPECT_EQ(client.sites().list().collect().error().kind, ErrorKind::decode);
    EXPECT_EQ(client.sites().list().collect().value().size(), 1U);
    EXPECT_EQ(client.sites().list().collect().value().size(), 1U) << "kept";
    EXPECT_EQ(requests_sent(), 2U);
}

TEST_P(CachedClient, KeepsNoReportThatCannotBeRead) {
    answer_unreadably_then(R"([{"visits":"7"}])");
    const Client client = this->client();
    const PageviewQuery query{.aggregates = {PageviewMetric::visits}};
    EXPECT_EQ(client.aggregations().pageviews(SiteId{"A"}, query).error().kind, ErrorKind::decode);
    EXPECT_EQ(client.aggregations().pageviews(SiteId{"A"}, query).value().size(), 1U);
    EXPECT_EQ(client.aggregations().pageviews(SiteId{"A"}, query).value().size(), 1U) << "kept";
    EXPECT_EQ(requests_sent(), 2U);
}

INSTANTIATE_TEST_SUITE_P(Unreadable, CachedClient,
                         ::testing::Values("<html>busy</html>", "", R"({"data":[{"id":"CDB)", R"([{"visits":"7")"));

} // namespace
} // namespace fathom
