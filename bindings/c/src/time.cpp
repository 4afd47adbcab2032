#include "guard.hpp"
#include "muster/core/date.hpp"
#include "muster/core/moment.hpp"

using namespace muster;
using namespace muster::c;

muster_status muster_parse_date(const char* its_text, size_t length, int32_t* days,
                                muster_error* error) {
  return call(error, [&] {
    int32_t& out = need(days, "days");
    const auto date = parse_date(text(its_text, length, "text"));
    if (!date) refuse(Errc::bad_date, "a date is written as \"2026-03-01\"");
    out = date->days;
  });
}

muster_status muster_parse_moment(const char* its_text, size_t length, int64_t* seconds,
                                  muster_error* error) {
  return call(error, [&] {
    int64_t& out = need(seconds, "seconds");
    const auto moment = parse_moment(text(its_text, length, "text"));
    if (!moment) refuse(Errc::bad_date, "a moment is written as \"2026-03-01T09:30:00+08:00\"");
    out = moment->seconds;
  });
}
