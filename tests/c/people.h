/* Three users as an Arrow producer hands them out. */
#ifndef PEOPLE_H
#define PEOPLE_H

#include "muster/tags/arrow_abi.h"

/* How often a batch, a type or a stream was released. */
extern int released;

/* id utf8, fee double, brand utf8, ok bool; `brand_format` in place of "u" spoils the type. */
void make_people(struct ArrowSchema* type, struct ArrowArray* array, const char* brand_format);
/* The same as a stream of two batches of these three. */
void make_people_stream(struct ArrowArrayStream* stream);

#endif
