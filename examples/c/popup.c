/* The call centre's popup: a customer calls, the agent's screen shows what to offer and what to
 * say. usage: popup CATALOGUE */
#include <muster.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A customer as this program's own records hold one. */
struct customer {
  const char* id;
  double plan_fee;
  const char* terminal; /* NULL: not known */
  uint8_t complained, complained_unknown;
  int32_t contract_end;
  muster_texts interests;
};

static muster_error error = MUSTER_ERROR_INIT;

static void must(muster_status status) {
  if (status == MUSTER_OK) return;
  fprintf(stderr, "%s: %s\n", muster_status_name(status), error.message);
  exit(1);
}

static muster_text text(const char* string) {
  const muster_text its = {string, strlen(string)};
  return its;
}

/* Done once: where the catalogue's tags lie in a customer. */
static muster_layout* lay_out(const muster_catalogue* catalogue) {
#define COLUMN(tag, member, null, cell) \
  { tag, MUSTER_TERMINATED, offsetof(struct customer, member), null, cell, 0 }
  const muster_column columns[] = {
      COLUMN("plan_fee", plan_fee, MUSTER_NEVER_NULL, MUSTER_CELL_DOUBLE),
      COLUMN("terminal", terminal, MUSTER_NEVER_NULL, MUSTER_CELL_CSTRING),
      COLUMN("complained_90d", complained, offsetof(struct customer, complained_unknown),
             MUSTER_CELL_BOOL),
      COLUMN("contract_end", contract_end, MUSTER_NEVER_NULL, MUSTER_CELL_INT32),
      COLUMN("interests", interests, MUSTER_NEVER_NULL, MUSTER_CELL_TEXTS),
  };
  muster_schema* schema = NULL;
  muster_layout* layout = NULL;
  must(muster_catalogue_schema(catalogue, &schema, &error));
  must(muster_layout_new(schema, columns, sizeof columns / sizeof columns[0], sizeof columns[0],
                         &layout, &error));
  muster_schema_release(schema);
  return layout;
}

static void show_offer(const muster_view* view, size_t index) {
  muster_offer offer = {.size = sizeof offer};
  must(muster_view_offer(view, index, &offer, &error));
  printf("  %s %.*s (%.*s), score %g\n", offer.primary ? "*" : "-", (int)offer.name.size,
         offer.name.data, (int)offer.policy.size, offer.policy.data, offer.score);
  muster_buffer script = {NULL, 0, 0};
  for (size_t i = 0; i < offer.channels; ++i) {
    muster_offer_channel channel = {.size = sizeof channel};
    must(muster_view_channel(view, index, i, &channel, &error));
    must(muster_view_script(view, index, channel.channel.data, channel.channel.size, &script,
                            &error));
    printf("      %.*s: %s\n", (int)channel.name.size, channel.name.data,
           script.size > 0 ? script.data : "-");
  }
  muster_buffer_free(&script);
}

/* What is offered, and why a policy that somebody asks for is not. */
static void popup(const muster_engine* engine, const muster_layout* layout,
                  const struct customer* customer, int64_t now, const char* wanted) {
  const muster_subject subject = {.size = sizeof subject,
                                  .key = customer->id,
                                  .key_length = MUSTER_TERMINATED,
                                  .layout = layout,
                                  .row = customer};
  muster_view* view = NULL;
  muster_view_info info = {.size = sizeof info};
  must(muster_engine_decide(engine, &subject, now, NULL, &view, &error));
  must(muster_view_describe(view, &info, &error));
  printf("%s is offered %d:\n", customer->id, (int)info.offers);
  for (size_t i = 0; i < info.offers; ++i) show_offer(view, i);
  muster_view_release(view);

  muster_gate gate = {.size = sizeof gate};
  muster_buffer why = {NULL, 0, 0};
  must(muster_engine_check(engine, &subject, wanted, MUSTER_TERMINATED, "hotline",
                           MUSTER_TERMINATED, now, MUSTER_ENGLISH, &gate, &why, &error));
  printf("  %s on the hotline: %s\n", wanted, gate.allowed ? "allowed" : why.data);
  muster_buffer_free(&why);
}

int main(int argc, char** argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: popup CATALOGUE\n");
    return 2;
  }
  muster_catalogue* catalogue = NULL;
  muster_engine* engine = NULL;
  must(muster_catalogue_read(argv[1], MUSTER_TERMINATED, NULL, &catalogue, &error));
  must(muster_engine_new(NULL, &engine, &error));
  must(muster_engine_deploy(engine, catalogue, &error));
  muster_layout* layout = lay_out(catalogue);

  int64_t now = 0;
  int32_t april = 0;
  must(muster_parse_moment("2026-03-30T10:30:00+08:00", MUSTER_TERMINATED, &now, &error));
  must(muster_parse_date("2026-04-20", MUSTER_TERMINATED, &april, &error));
  const muster_text likes[] = {text("video"), text("music")};
  const struct customer ming = {"ming", 96, "Huawei", 0, 0, april, {likes, 2}};
  const struct customer hong = {"hong", 96, "Xiaomi", 0, 1, april + 365, {likes, 1}};
  popup(engine, layout, &ming, now, "D168");
  popup(engine, layout, &hong, now, "D168");

  muster_layout_release(layout);
  muster_engine_release(engine);
  muster_catalogue_release(catalogue);
  muster_error_clear(&error);
  return 0;
}
