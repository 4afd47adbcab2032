#pragma once

#include "muster/rules/expr.hpp"

namespace muster {

/// What is said of the right side when `op` is said of the left, and of -x when it is said of x.
constexpr Expr::Op mirrored(Expr::Op op) noexcept {
  switch (op) {
    case Expr::Op::lt:
      return Expr::Op::gt;
    case Expr::Op::le:
      return Expr::Op::ge;
    case Expr::Op::gt:
      return Expr::Op::lt;
    case Expr::Op::ge:
      return Expr::Op::le;
    default:
      return op;
  }
}

}  // namespace muster
