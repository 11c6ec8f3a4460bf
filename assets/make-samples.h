/* SPDX-License-Identifier: MIT */
/* The two halves of make-samples; each writes into the current directory. */
#ifndef ASSETS_MAKE_SAMPLES_H
#define ASSETS_MAKE_SAMPLES_H

/* The practice server refuses a file that says this in its beginning, so that
 * a refusal can be practised with any file name. */
#define REJECT(reason) "KYC-SAMPLE-REJECT:" reason

void make_papers(void); /* make-papers.c */

#endif
