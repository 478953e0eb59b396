#include "url.hpp"

#include "../text/percent.hpp"

namespace fathom::detail {

Target& Target::segment(std::string_view text) {
    text_.push_back('/');
    text_.append(percent_encoded(text));
    return *this;
}

Target& Target::parameter(std::string_view name, std::string_view value) {
    text_.push_back(has_query_ ? '&' : '?');
    has_query_ = true;
    text_.append(percent_encoded(name));
    text_.push_back('=');
    text_.append(percent_encoded(value));
    return *this;
}

} // namespace fathom::detail
