#pragma once

#include "html.hpp"

namespace crm {

// web/style.css and web/live.js, which go into every page.
extern const Pattern page_style;
extern const Pattern page_script;

}  // namespace crm
