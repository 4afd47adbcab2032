#include "people.h"

#include <stddef.h>
#include <string.h>

int released = 0;

enum { columns = 4, people = 3 };

static const int32_t id_ends[] = {0, 1, 2, 3};
static const char ids[] = "abc";
static const double fees[] = {128, 30, 96};
static const uint8_t brand_known[] = {0x05};
static const int32_t brand_ends[] = {0, 6, 6, 11};
static const char brands[] = "华为Apple";
static const uint8_t oks[] = {0x03};
static const void* buffers[columns][3] = {
    {NULL, id_ends, ids}, {NULL, fees, NULL}, {brand_known, brand_ends, brands}, {NULL, oks, NULL}};
static const void* no_buffers[1] = {NULL};

static void release_type(struct ArrowSchema* type) {
  for (int64_t i = 0; i < type->n_children; ++i) type->children[i]->release = NULL;
  type->release = NULL;
  ++released;
}

static void release_array(struct ArrowArray* array) {
  for (int64_t i = 0; i < array->n_children; ++i) array->children[i]->release = NULL;
  array->release = NULL;
  ++released;
}

/* A child goes with its parent. */
static void release_child_type(struct ArrowSchema* type) { type->release = NULL; }
static void release_child_array(struct ArrowArray* array) { array->release = NULL; }

static void make_type(struct ArrowSchema* type, const char* brand_format) {
  static const char* const names[columns] = {"id", "fee", "brand", "ok"};
  static const char* const formats[columns] = {"u", "g", "u", "b"};
  static struct ArrowSchema children[columns];
  static struct ArrowSchema* pointers[columns];
  memset(type, 0, sizeof *type);
  for (int i = 0; i < columns; ++i) {
    memset(&children[i], 0, sizeof children[i]);
    children[i].format = i == 2 ? brand_format : formats[i];
    children[i].name = names[i];
    children[i].flags = ARROW_FLAG_NULLABLE;
    children[i].release = release_child_type;
    pointers[i] = &children[i];
  }
  type->format = "+s";
  type->name = "";
  type->n_children = columns;
  type->children = pointers;
  type->release = release_type;
}

/* `batch`: each has children of its own. */
static void make_batch(struct ArrowArray* array, int batch) {
  static struct ArrowArray children[2][columns];
  static struct ArrowArray* pointers[2][columns];
  memset(array, 0, sizeof *array);
  for (int i = 0; i < columns; ++i) {
    struct ArrowArray* child = &children[batch][i];
    memset(child, 0, sizeof *child);
    child->length = people;
    child->null_count = i == 2;
    child->n_buffers = i == 0 || i == 2 ? 3 : 2;
    child->buffers = buffers[i];
    child->release = release_child_array;
    pointers[batch][i] = child;
  }
  array->length = people;
  array->n_buffers = 1;
  array->buffers = no_buffers;
  array->n_children = columns;
  array->children = pointers[batch];
  array->release = release_array;
}

void make_people(struct ArrowSchema* type, struct ArrowArray* array, const char* brand_format) {
  make_type(type, brand_format);
  make_batch(array, 0);
}

static int given = 0;

static int get_schema(struct ArrowArrayStream* stream, struct ArrowSchema* out) {
  (void)stream;
  make_type(out, "u");
  return 0;
}

static int get_next(struct ArrowArrayStream* stream, struct ArrowArray* out) {
  (void)stream;
  memset(out, 0, sizeof *out);
  if (given < 2) make_batch(out, given++);
  return 0;
}

static const char* get_last_error(struct ArrowArrayStream* stream) {
  (void)stream;
  return NULL;
}

static void release_stream(struct ArrowArrayStream* stream) {
  stream->release = NULL;
  ++released;
}

void make_people_stream(struct ArrowArrayStream* stream) {
  given = 0;
  memset(stream, 0, sizeof *stream);
  stream->get_schema = get_schema;
  stream->get_next = get_next;
  stream->get_last_error = get_last_error;
  stream->release = release_stream;
}
