#pragma once

/// Everything; or include just the parts you use. See README.md for a first program.

#include "muster/core/date.hpp"
#include "muster/core/error.hpp"
#include "muster/core/limits.hpp"
#include "muster/core/progress.hpp"
#include "muster/core/version.hpp"
#include "muster/match/audience.hpp"
#include "muster/match/explain.hpp"
#include "muster/match/kernel.hpp"
#include "muster/match/rule_set.hpp"
#include "muster/policy/catalogue.hpp"
#include "muster/rules/analysis.hpp"
#include "muster/rules/check.hpp"
#include "muster/rules/dsl.hpp"
#include "muster/rules/expr.hpp"
#include "muster/tags/csv.hpp"
#include "muster/tags/encoder.hpp"
#include "muster/tags/schema.hpp"
#include "muster/tags/struct_schema.hpp"
#include "muster/tags/user.hpp"
#include "muster/tags/user_table.hpp"
