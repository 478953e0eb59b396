#include "recording_transport.hpp"

#include <chrono>
#include <fstream>
#include <ios>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fathom/recording.hpp>

#include "../platform/path_text.hpp"
#include "../text/ascii.hpp"
#include "exchange.hpp"

namespace fathom::detail::recording {

namespace {

using namespace std::chrono;

/// The key in `Bearer KEY`.
std::string key_in(std::string_view authorization) {
    const std::size_t blank = authorization.rfind(' ');
    return std::string(blank == std::string_view::npos ? authorization : authorization.substr(blank + 1));
}

/// A file to which lines are appended, each by one write.
class LineFile {
public:
    explicit LineFile(const std::filesystem::path& path) {
        std::error_code ignored; // of a path that cannot be one, which opening tells, or a file system without owners
        const bool is_new = !std::filesystem::exists(path, ignored);
        const bool has_open_end = ends_within_a_line(path);
        out_.open(path, std::ios::binary | std::ios::app);
        constexpr auto owner_alone = std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;
        if (is_new) std::filesystem::permissions(path, owner_alone, ignored);
        if (has_open_end) append("\n");
    }

    [[nodiscard]] bool is_open() const { return out_.is_open(); }
    void append(std::string_view line) {
        out_.clear(); // a disk that was full may have room again
        out_ << line << std::flush;
    }

private:
    /// As a machine that lost its power leaves it.
    static bool ends_within_a_line(const std::filesystem::path& path) {
        std::ifstream file(path, std::ios::binary | std::ios::ate);
        if (!file || file.tellg() <= 0) return false;
        file.seekg(-1, std::ios::end);
        return file.get() != '\n';
    }

    std::ofstream out_;
};

class RecordingTransport final : public Transport {
public:
    RecordingTransport(LineFile file, std::shared_ptr<Transport> transport, Secrets secrets)
        : file_(std::move(file)), transport_(std::move(transport)), redaction_(std::move(secrets)) {}

    void start(TransferId id, const HttpRequest& request) override {
        learn_from(request);
        const system_clock::time_point at = calendar_now();
        sent_.insert_or_assign(id, Sent{.at = at,
                                        .started = now(),
                                        .number = numbers_.next(at),
                                        .method = request.method,
                                        .url = request.url,
                                        .body = request.body});
        transport_->start(id, request);
    }
    bool abort(TransferId id) override {
        if (const auto found = sent_.extract(id)) {
            file_.append(line_of_given_up(found.mapped(), duration_of(found.mapped()), redaction_));
        }
        return transport_->abort(id);
    }
    void poll(Clock::duration longest, std::vector<Transfer>& ended) override {
        const std::size_t known = ended.size();
        transport_->poll(longest, ended);
        for (std::size_t i = known; i < ended.size(); ++i) write(ended[i]);
    }
    void wake() noexcept override { transport_->wake(); }
    [[nodiscard]] int descriptor() override { return transport_->descriptor(); }
    [[nodiscard]] std::optional<Clock::time_point> next_due() const override { return transport_->next_due(); }
    [[nodiscard]] Clock::time_point now() const override { return transport_->now(); }
    [[nodiscard]] system_clock::time_point calendar_now() const override { return transport_->calendar_now(); }

private:
    void learn_from(const HttpRequest& request) {
        redaction_.learn_from(request.body);
        if (!request.headers || request.headers == known_headers_) return;
        known_headers_ = request.headers;
        for (const HttpHeader& header : *known_headers_) {
            if (equal_ignoring_case(header.name, "Authorization")) redaction_.add_secret(key_in(header.value));
        }
    }
    [[nodiscard]] milliseconds duration_of(const Sent& sent) const {
        return duration_cast<milliseconds>(now() - sent.started);
    }
    void write(const Transfer& ended) {
        const auto found = sent_.extract(ended.id);
        if (!found) return;
        const Sent& sent = found.mapped();
        if (ended.response) file_.append(line_of(sent, duration_of(sent), *ended.response, redaction_));
        if (ended.error) file_.append(line_of(sent, duration_of(sent), *ended.error, redaction_));
    }

    LineFile file_;
    std::shared_ptr<Transport> transport_;
    Redaction redaction_;
    std::shared_ptr<const std::vector<HttpHeader>> known_headers_{};
    std::map<TransferId, Sent> sent_{};
    Numbers numbers_{};
};

} // namespace

Result<std::shared_ptr<Transport>> record(const std::filesystem::path& file, std::shared_ptr<Transport> transport,
                                          Secrets secrets) {
    if (!transport) return invalid_argument("transport", "is null; give the transport that sends the requests");
    LineFile lines(file);
    if (!lines.is_open()) {
        return invalid_argument("file", "cannot be opened for a recording: " + utf8_text(file));
    }
    return std::shared_ptr<Transport>(
        std::make_shared<RecordingTransport>(std::move(lines), std::move(transport), std::move(secrets)));
}

} // namespace fathom::detail::recording

namespace fathom::inline v0_2 {

Result<std::shared_ptr<Transport>> recording_transport(const std::filesystem::path& file,
                                                       std::shared_ptr<Transport> transport) {
    return detail::recording::record(file, std::move(transport), {});
}

} // namespace fathom::inline v0_2
