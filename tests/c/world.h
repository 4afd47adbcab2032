/* A small catalogue, and users of it. */
#ifndef WORLD_H
#define WORLD_H

#include "muster.h"

extern const char catalogue_text[];
extern const int32_t today; /* 2026-03-30 */
extern const int64_t noon;  /* of that day */

/* Each stops the program where it fails. */
muster_catalogue* make_catalogue(void);
/* The same with another version, and without its first policy. */
muster_catalogue* make_smaller_catalogue(void);
muster_schema* make_schema(void);
muster_rules* make_rules(void);
/* With fee 128, brand 华为, ok, interests music and game, contract_end 2026-05-01. */
muster_user* make_user(void);
/* An engine that runs the catalogue. */
muster_engine* make_engine(muster_history* history);

/* A row of a program's own, and where its tags lie. */
typedef struct subscriber {
  double fee;
  char brand[8];
  uint8_t ok;
  uint8_t brand_is_null;
  int32_t contract_end;
  uint8_t contract_end_is_null;
  muster_texts interests;
} subscriber;
muster_layout* make_layout(void);
/* The same person as make_user. */
subscriber make_subscriber(void);

#endif
