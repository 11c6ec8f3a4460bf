/* SPDX-License-Identifier: MIT */
/*
 * PDF: how many pages, and does it ask for a password. The file is mapped, not
 * opened again by name: after the guard has closed nothing can be opened. If
 * somebody cuts it short meanwhile the worker dies of it, which the other side
 * knows how to take.
 */
#include "forms/inspect/inspect.h"

#include <string.h>
#include <sys/mman.h>

#include <qpdf/qpdf-c.h>

/* Larger ones would not fit beside what the reader needs for itself. */
#define PDF_MAPPED_MAX ((uint64_t)256 << 20)

/* "%%EOF" stands in the last kilobyte; scanners pad with blanks and zeros. */
static bool pdf_has_end(const char *data, size_t len)
{
	size_t from;

	while (len && (!data[len - 1] || strchr(" \t\r\n", data[len - 1])))
		len--;
	from = len > 1024 ? len - 1024 : 0;
	return memmem(data + from, len - from, "%%EOF", 5) != NULL;
}

/* One reading; true when it says all there is to say. */
static bool pdf_read(const char *data, size_t len, bool recover,
		     struct doc_facts *facts)
{
	qpdf_data pdf = qpdf_init();
	int pages = -1;

	qpdf_silence_errors(pdf);
	qpdf_set_suppress_warnings(pdf, QPDF_TRUE);
	qpdf_set_attempt_recovery(pdf, recover);
	if (!(qpdf_read_memory(pdf, "file", data, len, NULL) & QPDF_ERRORS))
		pages = qpdf_get_num_pages(pdf);
	if (qpdf_has_error(pdf)) {
		switch (qpdf_get_error_code(pdf, qpdf_get_error(pdf))) {
		case qpdf_e_password:
		case qpdf_e_unsupported: /* opened by a certificate */
			facts->encrypted = true;
			break;
		default:
			break;
		}
		pages = -1;
	}
	qpdf_cleanup(&pdf);
	if (pages > 0)
		facts->pages = (unsigned)pages;
	return pages > 0 || facts->encrypted;
}

void inspect_pdf(struct inspect_source *source, struct doc_facts *facts)
{
	size_t len = (size_t)source->size;
	const char *data;

	if (source->size > PDF_MAPPED_MAX)
		return;
	data = mmap(NULL, len, PROT_READ, MAP_PRIVATE, source->fd, 0);
	if (data == MAP_FAILED) {
		facts->damaged = true;
		return;
	}
	if (!pdf_has_end(data, len))
		facts->damaged = true;
	/* Wrong offsets alone are common and every reader mends them. */
	if (!pdf_read(data, len, false, facts) &&
	    !pdf_read(data, len, true, facts))
		facts->damaged = true;
	munmap((void *)(uintptr_t)data, len);
}
