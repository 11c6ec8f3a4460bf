/* SPDX-License-Identifier: MIT */
/*
 * A relay on a loopback port that hands every byte on, both ways, and keeps
 * what the client said: for who wants to look at requests exactly as they
 * were sent.
 */
#ifndef TESTS_RELAY_H
#define TESTS_RELAY_H

#include <stddef.h>
#include <stdint.h>

struct relay;

/* To PORT; fails the test when it cannot be had. */
struct relay *relay_new(uint16_t port);
void relay_free(struct relay *relay); /* NULL is fine */
uint16_t relay_port(const struct relay *relay);

/* What came on connection NUMBER (from 0) to its end; NULL: there was none.
 * Only when all connections have ended; waits for that, or fails the test. */
const char *relay_said(struct relay *relay, size_t number, size_t *len);

#endif
