/* SPDX-License-Identifier: MIT */
/*
 * Memory that is there or the program ends: everything the operator entered
 * is already durable, so ending with a sentence loses nothing. The entrance
 * of a program may set mem_exhausted to give the terminal back first.
 */
#ifndef FORMS_MEM_H
#define FORMS_MEM_H

#include <stddef.h>

/* Called once when an allocation fails; must not return. Default: exit 6. */
extern void (*mem_exhausted)(void);

void *mem_alloc(size_t size);		    /* zeroed; free() it */
void *mem_array(size_t count, size_t size); /* zeroed, overflow-checked */

/* Make room for COUNT+1 elements in *LIST; keeps content, moves if it must. */
void *mem_grow(void *list, size_t count, size_t size);

char *mem_dup(const char *text);		/* NULL stays NULL */
char *mem_dup_n(const char *text, size_t size); /* adds the NUL */
char *mem_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Replace *SLOT by a copy of TEXT, freeing what was there. */
void mem_replace(char **slot, const char *text);

void mem_wipe(void *memory, size_t size); /* never optimised away */
void mem_free_private(char *text);	  /* wipe a string, then free it */

#endif
