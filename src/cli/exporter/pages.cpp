#include "pages.hpp"

#include <utility>

#include "exposition.hpp"
#include "metrics.hpp"

namespace fathom::cli {

namespace {

constexpr std::string_view text_type = "text/plain; charset=utf-8";
constexpr std::string_view front_page = R"(<!doctype html>
<html lang="en">
<title>fathom exporter</title>
<h1>fathom exporter</h1>
<ul>
<li><a href="/metrics">Metrics</a>
<li><a href="/healthz">Health</a>
</ul>
</html>
)";

} // namespace

Pages::Pages(Sources sources) : sources_(std::move(sources)) {}

HttpReply Pages::reply(std::string_view path, std::string_view accept) const {
    if (path == "/metrics") return metrics(accept);
    if (path == "/healthz") return health();
    if (path == "/") return {200, "text/html; charset=utf-8", std::string(front_page)};
    return {404, text_type, "there are /metrics and /healthz\n"};
}

HttpReply Pages::metrics(std::string_view accept) const {
    const Snapshot snapshot = sources_.figures->snapshot();
    const Exposition form = exposition_for(accept);
    const auto metrics =
        metrics_of(snapshot, sources_.quota(), sources_.now(), sources_.stale_after(snapshot.sites.size()));
    return {200, content_type_of(form), exposed(metrics, form)};
}

HttpReply Pages::health() const {
    const Snapshot snapshot = sources_.figures->snapshot();
    const auto newest = snapshot.newest();
    if (!newest) return {503, text_type, "no figures have come yet\n"};
    const auto now = sources_.now();
    const auto age = std::chrono::floor<std::chrono::seconds>(now - *newest).count();
    const std::string text = "the newest figures came " + std::to_string(age) + " s ago\n";
    return {is_fresh(snapshot, now, sources_.stale_after(snapshot.sites.size())) ? 200 : 503, text_type, text};
}

} // namespace fathom::cli
