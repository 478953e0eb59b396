/// @file
/// A typed call as a plain value: the request that it makes and how its answer is read.
#pragma once

#include <functional>
#include <string_view>

#include <fathom/result.hpp>

#include "../core/drift.hpp"
#include "../core/request.hpp"

namespace fathom::detail {

/// A request together with the reader of its answer.
template <class T>
struct Operation {
    OperationRequest request;
    /// Reads the body of a 2xx answer; notes what it passes over.
    std::function<Result<T>(std::string_view body, DriftLog& drift)> decode;
};

} // namespace fathom::detail
