/* SPDX-License-Identifier: MIT */
/*
 * What all calls of one profile share while the program runs: the access
 * token, fetched once for all who wait for it and renewed before it expires,
 * and the pace at which the provider takes calls. Nothing of it is written
 * down anywhere.
 */
#ifndef PROVIDERS_SESSION_H
#define PROVIDERS_SESSION_H

struct prov_session;

struct prov_session *prov_session_new(void);

/* All calls that used it have ended. The token is wiped. NULL is fine. */
void prov_session_free(struct prov_session *session);

#endif
