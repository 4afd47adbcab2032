/*
 * Muster for C: rules over user tags, policies that match, decisions, audiences. C99.
 *
 * Handles. Types without a body are handles. What threads share (muster_schema, muster_catalogue,
 * muster_rules, muster_layout, muster_history, muster_engine, muster_view, muster_population,
 * muster_audience) is counted: whoever got a handle from a function releases it once, and once more
 * for each retain; a handle may be released while others made from it live on. What one thread
 * works with (muster_builder, muster_user, muster_matcher) is freed. Release and free take NULL.
 *
 * Texts are UTF-8, a pointer and a length in bytes, nowhere read past that; MUSTER_TERMINATED as
 * the length stands for strlen. They are read during the call only. A muster_text that a function
 * gives is borrowed: it lives as long as the handle that was asked.
 *
 * Errors. Every function that can fail returns 0 (MUSTER_OK) or a positive number that says why,
 * and fills the caller's muster_error, unless that is NULL. Results are written on success only.
 * NULL where it is not allowed is MUSTER_INVALID_ARGUMENT, never a crash. No C++ exception leaves
 * the library; nothing aborts, prints, reads the clock or keeps state outside of handles.
 *
 * Threads. Counted handles may be used by any number of threads at once, everything else (errors
 * and buffers, too) by one at a time.
 *
 * Structs begin with their size, set by the caller: `muster_run run = {sizeof run};`. A program
 * compiled with an older header has shorter ones: what it does not know has its default. A newer
 * program has longer ones: what an older library does not know must be 0 in options, or the call is
 * refused, and is 0 in results. Structs that come in arrays have no size of their own; their
 * comment says how they may grow.
 *
 * What is declared here stays: functions, numbers and members are added, never changed or removed,
 * as long as MUSTER_ABI_VERSION and with it the library's soname, libmuster_c.so.0, stay the same.
 */
#ifndef MUSTER_H
#define MUSTER_H

#include <stddef.h>
#include <stdint.h>

#ifdef __GNUC__
#define MUSTER_API __attribute__((visibility("default")))
#else
#define MUSTER_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define MUSTER_ABI_VERSION 0

/** A text's length: it ends at its first NUL. */
#define MUSTER_TERMINATED ((size_t)-1)

/** Why a call failed; the codes of core/error.hpp that this library may give. Numbers are never
    reused for another meaning, and later versions may give new ones. */
typedef int32_t muster_status;
enum {
  MUSTER_OK = 0,
  MUSTER_INVALID_ARGUMENT = 1, /**< the call was wrong in itself */
  MUSTER_IO = 2,
  MUSTER_CORRUPT = 3,
  MUSTER_UNSUPPORTED_VERSION = 4,
  MUSTER_LIMIT = 5, /**< the message names it */
  MUSTER_CANCELLED = 6,
  MUSTER_SCHEMA_MISMATCH = 7, /**< made for another schema */
  MUSTER_JSON_SYNTAX = 20,
  MUSTER_JSON_TYPE = 21,
  MUSTER_JSON_UNKNOWN_KEY = 22,
  MUSTER_JSON_MISSING_KEY = 23,
  MUSTER_JSON_DUPLICATE_KEY = 24,
  MUSTER_BAD_TAG = 40,
  MUSTER_DUPLICATE_NAME = 41,
  MUSTER_BAD_DERIVED = 42,
  MUSTER_DERIVED_CYCLE = 43,
  MUSTER_BAD_CELL = 60,
  MUSTER_MISSING_VALUE = 61, /**< NULL for a tag that is not nullable */
  MUSTER_UNKNOWN_COLUMN = 62,
  MUSTER_MISSING_COLUMN = 63,
  MUSTER_DUPLICATE_KEY = 64,
  MUSTER_CSV_SYNTAX = 65,
  MUSTER_SYNTAX = 80, /**< the text is not a rule */
  MUSTER_UNKNOWN_TAG = 81,
  MUSTER_UNKNOWN_CATEGORY = 82,
  MUSTER_UNKNOWN_SEGMENT = 83,
  MUSTER_WRONG_TYPE = 84,
  MUSTER_SEGMENT_CYCLE = 85,
  MUSTER_BAD_DATE = 86,
  MUSTER_BAD_NUMBER = 87,
  MUSTER_NEVER_TRUE = 100,  /**< of findings: a warning */
  MUSTER_ALWAYS_TRUE = 101, /**< the same */
  MUSTER_NULL_HAZARD = 102, /**< the same: NOT or <> skips unknown values */
  MUSTER_UNKNOWN_USER = 120,
  MUSTER_UNKNOWN_POLICY = 121,
  MUSTER_UNKNOWN_CHANNEL = 122,
  MUSTER_BAD_SETTING = 140,
  MUSTER_SCRIPT_SYNTAX = 141,
  MUSTER_UNKNOWN_TIME_ZONE = 142,
  MUSTER_ILLEGAL_TRANSITION = 143,
  MUSTER_NO_CATALOGUE = 160,      /**< the engine has none yet, or none before the running one */
  MUSTER_UNKNOWN_CATALOGUE = 161, /**< of a decision: the engine does not hold it */
  MUSTER_OUT_OF_MEMORY = 200,
  MUSTER_UNEXPECTED = 201,     /**< a defect of the library */
  MUSTER_CALLBACK_FAILED = 202 /**< a function of the caller's did not do its work */
};

/** "unknown_tag"; "ok" for 0; "unknown_error" for numbers that are none. Lives for ever. */
MUSTER_API const char* muster_status_name(muster_status status);

/** MUSTER_ABI_VERSION of the library in use. */
MUSTER_API uint32_t muster_abi_version(void);
/** "0.1.0", of the library in use. Lives for ever. */
MUSTER_API const char* muster_version(void);
/** Kernels that this CPU can run, best first: "avx512", …, "scalar"; NULL past the last. */
MUSTER_API const char* muster_kernel_name(size_t index);

/** A borrowed text. Never changes its layout. */
typedef struct muster_text {
  const char* data; /**< not terminated; may be NULL where size is 0 */
  size_t size;      /**< in texts that a program gives also MUSTER_TERMINATED */
} muster_text;

/* ---- Errors ---- */

#define MUSTER_MESSAGE_SIZE 512

typedef struct muster_findings muster_findings;

/**
 * Set to MUSTER_ERROR_INIT, or to zeros and its size, before its first use; then used for any
 * number of calls, and cleared after the last.
 * Filling it needs no memory; where there is some, the whole message and all findings are kept
 * aside as well. So a message is cut only where `message_length` says so.
 */
typedef struct muster_error {
  size_t size;
  muster_status status;
  uint32_t findings;     /**< about a source text: there are so many; see muster_error_finding */
  size_t begin, end;     /**< bytes of the source text that the first is about; else 0, 0 */
  size_t message_length; /**< of the whole message; cut where it is MUSTER_MESSAGE_SIZE or more */
  muster_findings* kept; /**< the library's */
  char message[MUSTER_MESSAGE_SIZE]; /**< terminated; cut between characters */
} muster_error;

#define MUSTER_ERROR_INIT                            \
  {                                                  \
    sizeof(muster_error), 0, 0, 0, 0, 0, NULL, { 0 } \
  }

/**
 * Memory that the library fills and the caller keeps, for any number of calls: zeros before the
 * first, muster_buffer_free after the last. Every call replaces what it holds, and puts a NUL
 * behind it. Never changes its layout.
 */
typedef struct muster_buffer {
  char* data;
  size_t size;
  size_t capacity;
} muster_buffer;

MUSTER_API void muster_buffer_free(muster_buffer* buffer);

/** What is wrong with a source text, or suspicious about it. */
typedef struct muster_finding {
  size_t size;
  muster_status status;
  int32_t warning;     /**< 1: suspicious only */
  size_t begin, end;   /**< bytes of the source text */
  muster_text message; /**< one sentence; like `suggestion` borrowed from the error or catalogue */
  muster_text suggestion; /**< the word that was probably meant; may be empty */
} muster_finding;

/** The whole message. Fails with out_of_memory, also where there was none to keep it. */
MUSTER_API muster_status muster_error_message(const muster_error* error, muster_buffer* out);
/** Finding `index` of `error->findings`; borrowed until the error is next used. */
MUSTER_API muster_status muster_error_finding(const muster_error* error, size_t index,
                                              muster_finding* out);
/** The finding with its line of the source under it, and a caret line under the bytes. */
MUSTER_API muster_status muster_error_render(const muster_error* error, size_t index,
                                             const char* source, size_t source_length,
                                             const char* file, size_t file_length,
                                             muster_buffer* out);
/** Gives back what it keeps, and makes it as MUSTER_ERROR_INIT does. */
MUSTER_API void muster_error_clear(muster_error* error);

/* ---- Time: the library never asks what time it is ---- */

/** "2026-03-01" as days since 1970-01-01. Fails with bad_date. */
MUSTER_API muster_status muster_parse_date(const char* text, size_t length, int32_t* days,
                                           muster_error* error);
/** "2026-03-01T09:30:00+08:00" as seconds since 1970-01-01T00:00:00Z. Fails with bad_date. */
MUSTER_API muster_status muster_parse_moment(const char* text, size_t length, int64_t* seconds,
                                             muster_error* error);

/* ---- What long work and untrusted input may take ---- */

/** Bounds of input; 0: the library's own. Passing one is MUSTER_LIMIT. */
typedef struct muster_limits {
  size_t size;
  uint64_t rule_bytes, rule_depth, rule_literals;
  uint64_t rules, segments, shared_segments, rule_conjunctions, bits;
  uint64_t tags, categories, channels, contact_rules;
  uint64_t catalogue_bytes, saved_bytes, users, cell_bytes;
} muster_limits;

/** How long work runs. All 0: on the caller's thread, told to nobody. */
typedef struct muster_run {
  size_t size;
  uint32_t threads; /**< 0 and 1: the caller's; MUSTER_ALL_THREADS: as many as the machine has */
  /** Called now and then, from one thread at a time; may be NULL. Not 0: what work is left is
      cancelled, and the call fails so. */
  int (*progress)(void* context, uint64_t done, uint64_t total);
  void* context;
} muster_run;
#define MUSTER_ALL_THREADS 0xffffffffu

typedef struct muster_compile_options {
  size_t size;
  const char* kernel; /**< NULL: the variable MUSTER_KERNEL, else the best of this CPU */
  size_t kernel_length;
  const muster_run* run; /**< NULL: as if all 0. Compiling uses one thread. */
} muster_compile_options;

/* ---- Schemas ---- */

typedef struct muster_schema muster_schema;

/** The types of tags. */
enum { MUSTER_BOOL = 0, MUSTER_CATEGORY = 1, MUSTER_SET = 2, MUSTER_NUMBER = 3, MUSTER_DATE = 4 };

typedef struct muster_schema_info {
  size_t size;
  muster_text key; /**< name of the column that identifies a user; may be empty */
  size_t tags;
  uint64_t fingerprint; /**< equal where tags have the same names, types and dictionaries */
} muster_schema_info;

typedef struct muster_tag {
  size_t size;
  muster_text name, description;
  int32_t type;
  int32_t nullable, derived;
  size_t categories; /**< of its dictionary */
} muster_tag;

/** {"key": …, "tags": […]}, see docs/catalogue.md. `limits` may be NULL, here and below. */
MUSTER_API muster_status muster_schema_from_json(const char* json, size_t length,
                                                 const muster_limits* limits, muster_schema** out,
                                                 muster_error* error);
MUSTER_API void muster_schema_retain(muster_schema* schema);
MUSTER_API void muster_schema_release(muster_schema* schema);
MUSTER_API muster_status muster_schema_describe(const muster_schema* schema,
                                                muster_schema_info* out, muster_error* error);
MUSTER_API muster_status muster_schema_tag(const muster_schema* schema, size_t index,
                                           muster_tag* out, muster_error* error);
/** Fails with unknown_tag. */
MUSTER_API muster_status muster_schema_find(const muster_schema* schema, const char* name,
                                            size_t name_length, size_t* index, muster_error* error);
/** An entry of a tag's dictionary. */
MUSTER_API muster_status muster_schema_category(const muster_schema* schema, size_t tag,
                                                size_t index, muster_text* out,
                                                muster_error* error);

/* ---- Catalogues: everything a decision needs, see docs/catalogue.md ---- */

typedef struct muster_catalogue muster_catalogue;
typedef struct muster_rules muster_rules;
typedef struct muster_user muster_user;

typedef struct muster_catalogue_info {
  size_t size;
  muster_text version, currency, time_zone;
  uint64_t content_hash; /**< equal for catalogues that say the same */
  size_t segments, policies, channels, contact_rules, warnings;
} muster_catalogue_info;

typedef struct muster_policy {
  size_t size;
  muster_text id, name, description, segment, offering;
  double value, cost, lever;
  int64_t valid_from, valid_until; /**< seconds since 1970; INT64_MIN and INT64_MAX: always */
  uint64_t quota;                  /**< 0: no limit */
  int32_t tier;
} muster_policy;

typedef struct muster_channel {
  size_t size;
  muster_text id, name;
  int32_t active; /**< we start; otherwise the user comes to us */
  double cost;
  uint64_t daily_capacity; /**< 0: no limit */
} muster_channel;

/** Every error of the text is a finding. */
MUSTER_API muster_status muster_catalogue_from_json(const char* json, size_t length,
                                                    const muster_limits* limits,
                                                    muster_catalogue** out, muster_error* error);
/** The same of a file; fails with io besides. */
MUSTER_API muster_status muster_catalogue_read(const char* path, size_t length,
                                               const muster_limits* limits, muster_catalogue** out,
                                               muster_error* error);
MUSTER_API void muster_catalogue_retain(muster_catalogue* catalogue);
MUSTER_API void muster_catalogue_release(muster_catalogue* catalogue);
MUSTER_API muster_status muster_catalogue_describe(const muster_catalogue* catalogue,
                                                   muster_catalogue_info* out, muster_error* error);
MUSTER_API muster_status muster_catalogue_schema(const muster_catalogue* catalogue,
                                                 muster_schema** out, muster_error* error);
/** A policy's position is its rule's id, below. */
MUSTER_API muster_status muster_catalogue_policy(const muster_catalogue* catalogue, size_t index,
                                                 muster_policy* out, muster_error* error);
/** Fails with unknown_policy. */
MUSTER_API muster_status muster_catalogue_find_policy(const muster_catalogue* catalogue,
                                                      const char* id, size_t id_length,
                                                      size_t* index, muster_error* error);
MUSTER_API muster_status muster_catalogue_channel(const muster_catalogue* catalogue, size_t index,
                                                  muster_channel* out, muster_error* error);
/** Fails with unknown_channel. */
MUSTER_API muster_status muster_catalogue_find_channel(const muster_catalogue* catalogue,
                                                       const char* id, size_t id_length,
                                                       size_t* index, muster_error* error);
MUSTER_API muster_status muster_catalogue_warning(const muster_catalogue* catalogue, size_t index,
                                                  muster_finding* out, muster_error* error);
/** Checks a rule that may refer to the catalogue's segments. Where it is right, `error` may still
    have findings, all of them warnings. */
MUSTER_API muster_status muster_catalogue_check_rule(const muster_catalogue* catalogue,
                                                     const char* rule, size_t length,
                                                     muster_error* error);
/** Why a rule is TRUE for a user or not, and what would change that, in lines for people. Takes
    milliseconds at worst. `matches` may be NULL. */
MUSTER_API muster_status muster_catalogue_explain_rule(const muster_catalogue* catalogue,
                                                       const char* rule, size_t length,
                                                       const muster_user* user, int32_t today,
                                                       int32_t* matches, muster_buffer* text,
                                                       muster_error* error);
/** The policies' segments as rules 0, 1, …. `options` may be NULL, here and below. */
MUSTER_API muster_status muster_catalogue_compile(const muster_catalogue* catalogue,
                                                  const muster_compile_options* options,
                                                  muster_rules** out, muster_error* error);

/* ---- Rule sets ---- */

/** Collects rules of one's own over a schema. */
typedef struct muster_builder muster_builder;

typedef struct muster_rules_info {
  size_t size;
  size_t rules;
  size_t words; /**< 64-bit words of an encoded user */
  size_t memory_bytes;
  muster_text kernel;
} muster_rules_info;

MUSTER_API muster_status muster_builder_new(const muster_schema* schema,
                                            const muster_limits* limits, muster_builder** out,
                                            muster_error* error);
MUSTER_API void muster_builder_free(muster_builder* builder);
/** Names a rule for SEGMENT(name). */
MUSTER_API muster_status muster_builder_define(muster_builder* builder, const char* name,
                                               size_t name_length, const char* rule,
                                               size_t rule_length, muster_error* error);
/** `id` (may be NULL): 0, 1, …. Where the rule is right, `error` may have warnings. */
MUSTER_API muster_status muster_builder_add(muster_builder* builder, const char* rule,
                                            size_t length, uint32_t* id, muster_error* error);
/** Uses the builder up, whether it fails or not, but for invalid_argument; it is still to be
    freed. */
MUSTER_API muster_status muster_builder_compile(muster_builder* builder,
                                                const muster_compile_options* options,
                                                muster_rules** out, muster_error* error);

MUSTER_API void muster_rules_retain(muster_rules* rules);
MUSTER_API void muster_rules_release(muster_rules* rules);
MUSTER_API muster_status muster_rules_describe(const muster_rules* rules, muster_rules_info* out,
                                               muster_error* error);
MUSTER_API muster_status muster_rules_schema(const muster_rules* rules, muster_schema** out,
                                             muster_error* error);
/** Checksummed bytes, the same on every machine. */
MUSTER_API muster_status muster_rules_save(const muster_rules* rules, muster_buffer* out,
                                           muster_error* error);
/** Trusts nothing in the bytes. */
MUSTER_API muster_status muster_rules_load(const void* bytes, size_t length,
                                           const muster_compile_options* options,
                                           const muster_limits* limits, muster_rules** out,
                                           muster_error* error);

/* ---- Users by name ---- */

/** The types of values. */
enum {
  MUSTER_VALUE_NULL = 0,
  MUSTER_VALUE_BOOL = 1,
  MUSTER_VALUE_INTEGER = 2,
  MUSTER_VALUE_NUMBER = 3, /**< NaN is NULL */
  MUSTER_VALUE_DAYS = 4,   /**< a date: days since 1970-01-01, in `integer` */
  MUSTER_VALUE_TEXT = 5,   /**< a category, or a date as "2026-03-01" */
  MUSTER_VALUE_TEXTS = 6   /**< a set */
};

/** A tag and its value. Never changes its layout. */
typedef struct muster_pair {
  const char* tag;
  size_t tag_length;
  int32_t type;    /**< a MUSTER_VALUE_… */
  int32_t boolean; /**< 0: false */
  int64_t integer; /**< integers, days */
  double number;
  const char* text;
  size_t text_length;
  const muster_text* texts; /**< categories of a set, in any order */
  size_t texts_count;
} muster_pair;

/** All tags are NULL. */
MUSTER_API muster_status muster_user_new(const muster_schema* schema, muster_user** out,
                                         muster_error* error);
/** The same, of a user that takes what its tags can not have (another type, a category that is not
    in the dictionary, a day outside the calendar) as NULL and counts it. Tags that are not nullable
    refuse it all the same, and so do names that are no tag's. */
MUSTER_API muster_status muster_user_new_lenient(const muster_schema* schema, muster_user** out,
                                                 muster_error* error);
/** Values of a tag, or of all where its name is empty, that were counted so since the user was
    made. Fails with unknown_tag. */
MUSTER_API muster_status muster_user_unusable(const muster_user* user, const char* tag,
                                              size_t tag_length, uint64_t* count,
                                              muster_error* error);
MUSTER_API void muster_user_free(muster_user* user);
/** Makes all tags NULL; counters go on. */
MUSTER_API muster_status muster_user_clear(muster_user* user, muster_error* error);
/** Sets one tag after another; those before one that fails are set. Fails with unknown_tag,
    wrong_type, unknown_category, missing_value and bad_date, naming the tag. So do all below. */
MUSTER_API muster_status muster_user_set(muster_user* user, const muster_pair* pairs, size_t count,
                                         muster_error* error);
MUSTER_API muster_status muster_user_set_null(muster_user* user, const char* tag, size_t tag_length,
                                              muster_error* error);
MUSTER_API muster_status muster_user_set_bool(muster_user* user, const char* tag, size_t tag_length,
                                              int32_t value, muster_error* error);
MUSTER_API muster_status muster_user_set_integer(muster_user* user, const char* tag,
                                                 size_t tag_length, int64_t value,
                                                 muster_error* error);
MUSTER_API muster_status muster_user_set_number(muster_user* user, const char* tag,
                                                size_t tag_length, double value,
                                                muster_error* error);
MUSTER_API muster_status muster_user_set_days(muster_user* user, const char* tag, size_t tag_length,
                                              int32_t days, muster_error* error);
MUSTER_API muster_status muster_user_set_text(muster_user* user, const char* tag, size_t tag_length,
                                              const char* value, size_t length,
                                              muster_error* error);
MUSTER_API muster_status muster_user_set_texts(muster_user* user, const char* tag,
                                               size_t tag_length, const muster_text* values,
                                               size_t count, muster_error* error);

/* ---- Users in the caller's own structs: names are looked up once ---- */

/** How tags lie in rows of memory. */
typedef struct muster_layout muster_layout;

/** What lies at a column's offset; nothing has to be aligned. */
enum {
  MUSTER_CELL_BOOL = 0, /**< uint8_t, 0: false */
  MUSTER_CELL_INT8 = 1,
  MUSTER_CELL_INT16 = 2,
  MUSTER_CELL_INT32 = 3, /**< also of dates: days since 1970-01-01 */
  MUSTER_CELL_INT64 = 4,
  MUSTER_CELL_UINT8 = 5,
  MUSTER_CELL_UINT16 = 6,
  MUSTER_CELL_UINT32 = 7,
  MUSTER_CELL_FLOAT = 8,  /**< NaN is NULL */
  MUSTER_CELL_DOUBLE = 9, /**< the same */
  MUSTER_CELL_CODE = 10,  /**< uint16_t, a position in the dictionary; 0xffff is NULL */
  MUSTER_CELL_CHARS = 11, /**< char[width], ends at a NUL or its end; empty is NULL. A width of 0 is
                             refused with invalid_argument. */
  MUSTER_CELL_CSTRING = 12, /**< const char*, terminated; NULL and empty are NULL */
  MUSTER_CELL_TEXT = 13,    /**< muster_text; empty is NULL */
  MUSTER_CELL_TEXTS = 14    /**< muster_texts, of a set; never NULL by itself */
};

/** What MUSTER_CELL_TEXTS lies as. Never changes its layout. */
typedef struct muster_texts {
  const muster_text* data;
  size_t size;
} muster_texts;

/** A tag's place in a row. May get members at its end; arrays come with the size of one. */
typedef struct muster_column {
  const char* tag;
  size_t tag_length;
  size_t offset;      /**< of the value, in bytes from the row's begin */
  size_t null_offset; /**< of a byte that is not 0 where the value is NULL, or MUSTER_NEVER_NULL */
  int32_t cell;       /**< a MUSTER_CELL_… that suits the tag's type */
  uint32_t width;     /**< MUSTER_CELL_CHARS: of the array */
} muster_column;
#define MUSTER_NEVER_NULL ((size_t)-1)

/** `column_size`: sizeof(muster_column). Tags without a column are NULL. Fails with unknown_tag,
    wrong_type (derived tags included), duplicate_name, and missing_column for a tag that is not
    nullable. */
MUSTER_API muster_status muster_layout_new(const muster_schema* schema,
                                           const muster_column* columns, size_t count,
                                           size_t column_size, muster_layout** out,
                                           muster_error* error);
/** The same, of rows whose unusable values (a category that is not in the dictionary, a day outside
    the calendar; one is enough in a set) are NULL and counted where their tag is nullable. */
MUSTER_API muster_status muster_layout_new_lenient(const muster_schema* schema,
                                                   const muster_column* columns, size_t count,
                                                   size_t column_size, muster_layout** out,
                                                   muster_error* error);
/** Readings of a tag, or of all where its name is empty, that met an unusable value, in any thread
    since the layout was made. Fails with unknown_tag. */
MUSTER_API muster_status muster_layout_unusable(const muster_layout* layout, const char* tag,
                                                size_t tag_length, uint64_t* count,
                                                muster_error* error);
MUSTER_API void muster_layout_retain(muster_layout* layout);
MUSTER_API void muster_layout_release(muster_layout* layout);

/* ---- One user against all rules ---- */

/** One thread's working memory for one rule set, some 100 KB. */
typedef struct muster_matcher muster_matcher;

MUSTER_API muster_status muster_matcher_new(const muster_rules* rules, muster_matcher** out,
                                            muster_error* error);
MUSTER_API void muster_matcher_free(muster_matcher* matcher);

/** Writes the bits that the rules read of a user, on a day: days from 1970-01-01, here and below,
    of the years 1 to 9999, else bad_date. `words` as muster_rules_describe gives
    it. They stay right while user and day do. Fails, naming the tag, with missing_value,
    unknown_category and bad_date, and with schema_mismatch; tags that no rule reads are not looked
    at. */
MUSTER_API muster_status muster_encode_user(const muster_rules* rules, const muster_user* user,
                                            int32_t today, uint64_t* bits, size_t words,
                                            muster_error* error);
/** The same of a row. Allocates nothing, but for sets and where a tag that rules read is derived.
 */
MUSTER_API muster_status muster_encode_row(const muster_rules* rules, const muster_layout* layout,
                                           const void* row, int32_t today, uint64_t* bits,
                                           size_t words, muster_error* error);
/** Ids of the rules that are TRUE, ascending; `count` of them, of which the first `capacity` are
    written. Allocates nothing; microseconds. `ids` may be NULL where `capacity` is 0.
    REQUIRES, here and below: `bits` were encoded for this rule set. */
MUSTER_API muster_status muster_match(muster_matcher* matcher, const uint64_t* bits, size_t words,
                                      uint32_t* ids, size_t capacity, size_t* count,
                                      muster_error* error);
/** The same as a bitmap, rule r at out[r / 64] >> (r % 64) & 1; `out_words` is rules / 64, rounded
    up. */
MUSTER_API muster_status muster_match_bitmap(muster_matcher* matcher, const uint64_t* bits,
                                             size_t words, uint64_t* out, size_t out_words,
                                             muster_error* error);
/** Whether one rule is TRUE, without looking at others. */
MUSTER_API muster_status muster_match_rule(const muster_rules* rules, const uint64_t* bits,
                                           size_t words, uint32_t rule, int32_t* matches,
                                           muster_error* error);
/** Rules entered and left when a user's tags changed, both ascending, as muster_match gives ids.
    Allocates only where more changed than ever before. */
MUSTER_API muster_status muster_changed(muster_matcher* matcher, const uint64_t* before,
                                        const uint64_t* after, size_t words, uint32_t* entered,
                                        size_t entered_capacity, size_t* entered_count,
                                        uint32_t* left, size_t left_capacity, size_t* left_count,
                                        muster_error* error);

/* ---- Who was contacted when ---- */

typedef struct muster_history muster_history;

/** What came of a contact. */
enum {
  MUSTER_OUTCOME_NONE = 0,
  MUSTER_OUTCOME_ACCEPTED = 1,
  MUSTER_OUTCOME_DECLINED = 2,
  MUSTER_OUTCOME_DEFERRED = 3,
  MUSTER_OUTCOME_UNREACHABLE = 4,
  MUSTER_OUTCOME_EXPIRED = 5
};
/** Whose contact it was. */
enum { MUSTER_SCOPE_USER = 0, MUSTER_SCOPE_ACCOUNT = 1, MUSTER_SCOPE_HOUSEHOLD = 2 };

/** A past contact. Never changes its layout. */
typedef struct muster_contact {
  int64_t at;         /**< seconds since 1970-01-01T00:00:00Z */
  muster_text policy; /**< ids */
  muster_text channel;
  int32_t outcome;
  int32_t scope; /**< the user's own, or another's of the same account or household */
} muster_contact;

typedef void (*muster_see)(void* see_context, const muster_contact* contacts, size_t count);

/** A history of the caller's own. All functions are called by any number of threads. What they
    return is 0, or makes the decision fail with callback_failed. */
typedef struct muster_history_functions {
  size_t size;
  void* context; /**< given to each of them */
  /** Calls `see(see_context, …)` once or more with the contacts of a user, or not at all, before it
      returns: from any thread, one call at a time. A contact that is none makes the decision fail
      with invalid_argument. */
  int (*contacts)(void* context, muster_text user, muster_see see, void* see_context);
  /** What was accepted of a policy by all users: how often, and its cost in all; a cost that is no
      number, infinite or less than 0 makes the decision fail with invalid_argument. */
  int (*taken)(void* context, muster_text policy, uint64_t* acceptances, double* cost);
  void (*expect)(void* context, muster_text user); /**< `contacts` comes soon; may be NULL */
  void (*released)(void* context);                 /**< the last handle is gone; may be NULL */
} muster_history_functions;

/** A history in memory, empty. */
MUSTER_API muster_status muster_history_new(muster_history** out, muster_error* error);
/** On success the history calls `released` when it goes; on failure it does not. */
MUSTER_API muster_status muster_history_implement(const muster_history_functions* functions,
                                                  muster_history** out, muster_error* error);
MUSTER_API void muster_history_retain(muster_history* history);
MUSTER_API void muster_history_release(muster_history* history);
/** Puts a user in an account and a household, either of which may be empty. This and the next two
    are for histories in memory; other ones are refused with invalid_argument. */
MUSTER_API muster_status muster_history_place(muster_history* history, const char* user,
                                              size_t user_length, const char* account,
                                              size_t account_length, const char* household,
                                              size_t household_length, muster_error* error);
/** Adds a contact of the user's own; `cost`, from 0 to 10^12, counts where it was accepted. */
MUSTER_API muster_status muster_history_add(muster_history* history, const char* user,
                                            size_t user_length, const muster_contact* contact,
                                            double cost, muster_error* error);
/** Adds the contacts of a CSV text, see docs/file-formats.md. */
MUSTER_API muster_status muster_history_read_csv(muster_history* history, const char* csv,
                                                 size_t length, muster_error* error);

/* ---- Deciding ---- */

typedef struct muster_engine muster_engine;
typedef struct muster_view muster_view;

typedef struct muster_engine_options {
  size_t size;
  muster_history* history; /**< retained; NULL: nobody was ever contacted */
  size_t catalogues_kept;  /**< the running one included; 0: 8 */
  const char* kernel;      /**< as in muster_compile_options */
  size_t kernel_length;
} muster_engine_options;

/** A catalogue that an engine holds. Never changes its layout. */
typedef struct muster_deployment {
  muster_text version;
  uint64_t content_hash;
  int32_t running;
} muster_deployment;

/** Whom a decision is about: a user, or a row and its layout; of the running catalogue's schema. */
typedef struct muster_subject {
  size_t size;
  /** Names the user in the history, the test list and the holdout; empty: nobody they know. */
  const char* key;
  size_t key_length;
  const muster_user* user; /**< NULL: `layout` and `row` */
  const muster_layout* layout;
  const void* row;
} muster_subject;

typedef struct muster_decide_options {
  size_t size;
  uint64_t seed;         /**< for models that explore */
  muster_buffer* record; /**< not NULL: gets what replay and explain need */
} muster_decide_options;

enum { MUSTER_ENGLISH = 0, MUSTER_CHINESE = 1 };

/** Why a policy is offered or not; numbers of the same meaning for ever. See docs/deciding.md. */
typedef int32_t muster_reason;
/** "not_in_segment"; "unknown_reason" for numbers that are none. Lives for ever. */
MUSTER_API const char* muster_reason_name(muster_reason reason);
/** One sentence for people; NULL for a language that is none. Lives for ever. */
MUSTER_API const char* muster_reason_text(muster_reason reason, int32_t language);

typedef struct muster_gate {
  size_t size;
  int32_t allowed;
  muster_reason reason; /**< of no meaning where it is allowed */
} muster_gate;

MUSTER_API muster_status muster_engine_new(const muster_engine_options* options,
                                           muster_engine** out, muster_error* error);
MUSTER_API void muster_engine_retain(muster_engine* engine);
MUSTER_API void muster_engine_release(muster_engine* engine);
/** Compiles on the caller's thread, then puts the catalogue in place in one step, while others
    decide. Where it fails the running one stays. */
MUSTER_API muster_status muster_engine_deploy(muster_engine* engine,
                                              const muster_catalogue* catalogue,
                                              muster_error* error);
/** Puts the catalogue before the running one back. Fails with no_catalogue. */
MUSTER_API muster_status muster_engine_roll_back(muster_engine* engine, muster_error* error);
/** What the engine holds, oldest first, as muster_match gives ids. Versions lie in `texts`. */
MUSTER_API muster_status muster_engine_deployments(const muster_engine* engine,
                                                   muster_deployment* out, size_t capacity,
                                                   size_t* count, muster_buffer* texts,
                                                   muster_error* error);
/** The running one. Fails with no_catalogue. */
MUSTER_API muster_status muster_engine_catalogue(const muster_engine* engine,
                                                 muster_catalogue** out, muster_error* error);
/** What the user should be offered at a moment (seconds since 1970). Fails with no_catalogue and
    schema_mismatch, and as encoding does. `options` may be NULL. */
MUSTER_API muster_status muster_engine_decide(const muster_engine* engine,
                                              const muster_subject* subject, int64_t now,
                                              const muster_decide_options* options,
                                              muster_view** out, muster_error* error);
/** The gate before a channel fulfils: may this user have this policy here and now? `text` (may be
    NULL) says why not. Fails as decide does, and with unknown_policy and unknown_channel. */
MUSTER_API muster_status muster_engine_check(const muster_engine* engine,
                                             const muster_subject* subject, const char* policy,
                                             size_t policy_length, const char* channel,
                                             size_t channel_length, int64_t now, int32_t language,
                                             muster_gate* out, muster_buffer* text,
                                             muster_error* error);
/** Decides again from a record. Fails with corrupt, unsupported_version and unknown_catalogue. */
MUSTER_API muster_status muster_engine_replay(const muster_engine* engine, const void* record,
                                              size_t length, muster_view** out,
                                              muster_error* error);
/** What became of a policy in a recorded decision, and why, in lines for people. `reason` may be
    NULL. Fails as replay does, and with unknown_policy. */
MUSTER_API muster_status muster_engine_explain(const muster_engine* engine, const void* record,
                                               size_t length, const char* policy,
                                               size_t policy_length, int32_t language,
                                               muster_reason* reason, muster_buffer* text,
                                               muster_error* error);

/* ---- Policy views: the one answer for a user, the same for every channel ---- */

typedef struct muster_view_info {
  size_t size;
  muster_text user, catalogue_version;
  uint64_t content_hash; /**< of the catalogue */
  uint64_t decision_id;
  int64_t at;
  int32_t holdout;    /**< to be left alone, to compare with */
  int32_t high_value; /**< counted so when channels were ranked */
  size_t offers, omissions;
} muster_view_info;

/** score = propensity × value × context × lever − contact_cost. */
typedef struct muster_offer {
  size_t size;
  muster_text policy, name; /**< id and name */
  size_t policy_index;      /**< in the catalogue */
  int32_t primary;
  double score, propensity, value, context, lever, contact_cost;
  size_t channels;
} muster_offer;

typedef struct muster_offer_channel {
  size_t size;
  muster_text channel, name; /**< id and name */
  size_t channel_index;      /**< in the catalogue */
  int32_t preferred;         /**< by the user */
  double propensity, rank;
} muster_offer_channel;

/** A policy whose segment is TRUE, and that is not offered. */
typedef struct muster_omission {
  size_t size;
  muster_text policy, name;
  size_t policy_index;
  muster_reason reason;
} muster_omission;

MUSTER_API void muster_view_retain(muster_view* view);
MUSTER_API void muster_view_release(muster_view* view);
MUSTER_API muster_status muster_view_describe(const muster_view* view, muster_view_info* out,
                                              muster_error* error);
/** Primary policies first, then secondary ones, each best first. */
MUSTER_API muster_status muster_view_offer(const muster_view* view, size_t index, muster_offer* out,
                                           muster_error* error);
/** Best first. */
MUSTER_API muster_status muster_view_channel(const muster_view* view, size_t offer, size_t index,
                                             muster_offer_channel* out, muster_error* error);
/** What a channel says for an offer; empty where it says nothing. Fails with unknown_channel. */
MUSTER_API muster_status muster_view_script(const muster_view* view, size_t offer,
                                            const char* channel, size_t channel_length,
                                            muster_buffer* out, muster_error* error);
MUSTER_API muster_status muster_view_omission(const muster_view* view, size_t index,
                                              muster_omission* out, muster_error* error);
/** The catalogue it was decided from. */
MUSTER_API muster_status muster_view_catalogue(const muster_view* view, muster_catalogue** out,
                                               muster_error* error);
/** Everything above; the same decision gives the same bytes, whoever asks. */
MUSTER_API muster_status muster_view_json(const muster_view* view, muster_buffer* out,
                                          muster_error* error);

/* ---- Many users against all rules, by the Arrow C data and C stream interfaces ---- */

struct ArrowSchema;
struct ArrowArray;
struct ArrowArrayStream;

/** Users encoded for a rule set and a day. */
typedef struct muster_population muster_population;
/** A rule set made ready for populations. */
typedef struct muster_audience muster_audience;

typedef struct muster_population_info {
  size_t size;
  uint64_t users;
} muster_population_info;

/** Reads record batches to the end of the stream; columns are found by tag name, see docs/c.md.
    `stream->release` is NULL afterwards, and was or will be called once, however the call ends
    (but for invalid_argument). Needs the producer's memory until the last handle is released.
    Errors name the column and the row. `run` and `limits` may be NULL, here and below. */
MUSTER_API muster_status muster_population_from_stream(const muster_rules* rules,
                                                       struct ArrowArrayStream* stream,
                                                       int32_t today, const muster_run* run,
                                                       const muster_limits* limits,
                                                       muster_population** out,
                                                       muster_error* error);
/** The same of one record batch, an array of struct type. Takes both over likewise. */
MUSTER_API muster_status muster_population_from_array(const muster_rules* rules,
                                                      struct ArrowSchema* type,
                                                      struct ArrowArray* array, int32_t today,
                                                      const muster_run* run,
                                                      const muster_limits* limits,
                                                      muster_population** out, muster_error* error);
MUSTER_API void muster_population_retain(muster_population* population);
MUSTER_API void muster_population_release(muster_population* population);
MUSTER_API muster_status muster_population_describe(const muster_population* population,
                                                    muster_population_info* out,
                                                    muster_error* error);

/** `catalogue` (may be NULL) gives the rules their names, its policies' ids; else they are called
    "0", "1", …. Fails with invalid_argument where it has another number of policies. */
MUSTER_API muster_status muster_audience_new(const muster_rules* rules,
                                             const muster_catalogue* catalogue,
                                             muster_audience** out, muster_error* error);
MUSTER_API void muster_audience_retain(muster_audience* audience);
MUSTER_API void muster_audience_release(muster_audience* audience);
/** Users matched, per rule. `rules` is the size of `counts`. All of these fail with
    schema_mismatch where the population was encoded for other rules, and with cancelled. */
MUSTER_API muster_status muster_audience_count(const muster_audience* audience,
                                               const muster_population* population,
                                               const muster_run* run, uint64_t* counts,
                                               size_t rules, muster_error* error);
/** Arrow structs (policy: utf8, users: uint64), one a rule. The caller releases `type` and `array`,
    here and below; what they held is overwritten. */
MUSTER_API muster_status muster_audience_counts(const muster_audience* audience,
                                                const muster_population* population,
                                                const muster_run* run, struct ArrowSchema* type,
                                                struct ArrowArray* array, muster_error* error);
/** Arrow structs (user, policy: dictionary of utf8), by user, then rule. `user` is the key, or the
    row number from 1 where the schema has none. */
MUSTER_API muster_status muster_audience_pairs(const muster_audience* audience,
                                               const muster_population* population,
                                               const muster_run* run, struct ArrowSchema* type,
                                               struct ArrowArray* array, muster_error* error);
/** Arrow structs of one boolean a rule, one a user. */
MUSTER_API muster_status muster_audience_bitmaps(const muster_audience* audience,
                                                 const muster_population* population,
                                                 const muster_run* run, struct ArrowSchema* type,
                                                 struct ArrowArray* array, muster_error* error);
/** Arrow booleans of one rule, one a user. */
MUSTER_API muster_status muster_audience_bitmap(const muster_audience* audience,
                                                const muster_population* population, uint32_t rule,
                                                const muster_run* run, struct ArrowSchema* type,
                                                struct ArrowArray* array, muster_error* error);

#ifdef __cplusplus
}
#endif
#endif
