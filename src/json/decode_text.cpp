#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "json.hpp"
#include "parse.hpp"

namespace fathom::detail::json {

namespace {

/// Takes a text that nothing is around; anything else ends the walk.
class TextReader final : public Events {
public:
    bool scalar(const Scalar& value) override {
        if (value.kind == Scalar::Kind::text) text_ = value.text;
        return text_.has_value();
    }
    bool start_object() override { return false; }
    bool key(std::string_view) override { return false; }
    bool end_object() override { return false; }
    bool start_array() override { return false; }
    bool end_array() override { return false; }

    [[nodiscard]] std::optional<std::string> take() && { return std::move(text_); }

private:
    std::optional<std::string> text_{};
};

} // namespace

std::optional<std::string> decode_text(std::string_view literal) {
    TextReader reader;
    return parse(literal, reader).is_whole ? std::move(reader).take() : std::nullopt;
}

} // namespace fathom::detail::json
