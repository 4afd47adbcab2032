#pragma once

#include <boost/system/error_code.hpp>
#include <string>
#include <string_view>

#include "muster/core/error.hpp"

namespace muster {

/// An error with one diagnostic.
Error json_error(Errc code, ByteRange range, std::string message);

/// What Boost's parser means by `code`, for the byte at which it stopped.
Error json_syntax_error(std::string_view source, std::size_t at,
                        const boost::system::error_code& code);

}  // namespace muster
