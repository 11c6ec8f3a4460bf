/* SPDX-License-Identifier: MIT */
/* The samples that are PDF: written by hand, so that they stay readable. */
#include "assets/make-samples.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <qpdf/qpdf-c.h>

#include "forms/buf.h"

#define PAGES_MAX 4

struct paper {
	const char *path;
	const char *marker; /* NULL: none */
	const char *issuer;
	const char *pages[PAGES_MAX]; /* lines; "# " begins a heading */
};

static const char notice[] = "SPECIMEN - NOT A REAL DOCUMENT";

static const char bill[] =
	"# Electricity bill\n"
	"Customer: JOANA EXEMPLO DA SILVA\n"
	"Address: Rua das Amostras 42, 01000-000 Porto Modelo, Utopia\n"
	"Contract: 0042-7781-09\n"
	"\n"
	"Date of issue: %s\n"
	"Period: one month to the date of issue\n"
	"\n"
	"Energy used                     184 kWh\n"
	"Price                           0.7120 a kWh\n"
	"Network and levies              36.40\n"
	"# Amount due: 167.41\n";

static const char bill_detail[] =
	"# Readings and notices\n"
	"Meter 5530-118-A\n"
	"Reading before: 40 118 kWh\n"
	"Reading now:    40 302 kWh\n"
	"\n"
	"Questions about this bill: Porto Modelo Energia, counter 3.\n"
	"This page is intentionally short.\n";

static const struct paper papers[] = {
	{
		.path = "bank-statement.pdf",
		.issuer = "BANCO EXEMPLO S.A.",
		.pages = { "# Account statement\n"
			   "Account holder: MODELO COMERCIO LTDA\n"
			   "Account: 0001 / 99887-7\n"
			   "Period: 01 JAN 2026 to 31 JAN 2026\n"
			   "\n"
			   "01 JAN  Balance brought forward      41 208.10\n"
			   "05 JAN  Invoice 1180, Alfa Teste     12 400.00\n"
			   "09 JAN  Salaries                    -18 950.00\n"
			   "16 JAN  Rent                         -4 200.00\n"
			   "22 JAN  Invoice 1183, Beta Teste      9 730.55\n"
			   "30 JAN  Account fees                    -38.00\n"
			   "# Balance 31 JAN 2026: 40 150.65\n" },
	},
	{
		.path = "incorporation-articles.pdf",
		.issuer = "COMMERCIAL REGISTRY OF PORTO MODELO",
		.pages = { "# Articles of incorporation\n"
			   "MODELO COMERCIO LTDA\n"
			   "Registry number 00.000.001/0001-00\n"
			   "\n"
			   "1. The company trades in invented goods.\n"
			   "2. Its seat is Porto Modelo, Utopia.\n"
			   "3. Its capital is 100 000, fully paid in.\n"
			   "4. Its time is not limited.\n",
			   "# Members and management\n"
			   "Joana Exemplo da Silva     60 per cent\n"
			   "Pedro Modelo Santos        40 per cent\n"
			   "\n"
			   "Joana Exemplo da Silva manages the company alone.\n"
			   "\n"
			   "Porto Modelo, 14 MAY 2019\n"
			   "Registered on 20 MAY 2019\n" },
	},
};

/* One page's drawing: a line a line, headings larger. */
static int page_content(struct buf *out, const char *issuer, const char *text,
			int number)
{
	int ret = buf_addf(out,
			   "0.11 0.31 0.44 rg 0 770 595 72 re f\n"
			   "BT /F2 20 Tf 1 g 56 798 Td (%s) Tj ET\n"
			   "q 0.91 0.72 0.72 rg BT /F2 76 Tf 0.82 0.57 -0.57 "
			   "0.82 150 250 Tm (SPECIMEN) Tj ET Q\n"
			   "BT 0 g 15 TL 56 720 Td\n",
			   issuer);

	for (const char *line = text; *line;) {
		int len = (int)strcspn(line, "\n");
		int heading = !strncmp(line, "# ", 2);

		ret |= buf_addf(out, "/F%d %d Tf (%.*s) Tj T* T*\n",
				heading ? 2 : 1, heading ? 16 : 11,
				len - 2 * heading, line + 2 * heading);
		line += len + (line[len] == '\n');
	}
	return ret | buf_addf(out,
			      "ET\nBT /F1 9 Tf 0.69 0.09 0.13 rg 56 48 Td (%s, "
			      "page %d) Tj ET\n",
			      notice, number);
}

static int object_start(struct buf *pdf, size_t *offsets, int number)
{
	offsets[number] = pdf->len;
	return buf_addf(pdf, "%d 0 obj\n", number);
}

/* Objects: 1 catalogue, 2 page tree, 3 and 4 fonts, then a pair a page. */
static int paper_build(const struct paper *paper, struct buf *pdf)
{
	size_t offsets[5 + 2 * PAGES_MAX] = { 0 };
	struct buf content = { 0 };
	int pages = 0, objects, ret;
	size_t start;

	while (pages < PAGES_MAX && paper->pages[pages])
		pages++;
	objects = 5 + 2 * pages;
	/* Four high bytes tell mail programs and the like: not a text. */
	ret = buf_add_text(pdf, "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
	if (paper->marker)
		ret |= buf_addf(pdf, "%% %s\n", paper->marker);
	ret |= object_start(pdf, offsets, 1);
	ret |= buf_add_text(pdf, "<< /Type /Catalog /Pages 2 0 R >>\nendobj\n");
	ret |= object_start(pdf, offsets, 2);
	ret |= buf_addf(pdf, "<< /Type /Pages /Count %d /Kids [", pages);
	for (int i = 0; i < pages; i++)
		ret |= buf_addf(pdf, " %d 0 R", 5 + 2 * i);
	ret |= buf_add_text(pdf, " ] >>\nendobj\n");
	for (int i = 0; i < 2; i++) {
		ret |= object_start(pdf, offsets, 3 + i);
		ret |= buf_addf(pdf,
				"<< /Type /Font /Subtype /Type1 /BaseFont "
				"/%s >>\nendobj\n",
				i ? "Helvetica-Bold" : "Courier");
	}
	for (int i = 0; i < pages; i++) {
		buf_reset(&content);
		ret |= page_content(&content, paper->issuer, paper->pages[i],
				    i + 1);
		ret |= object_start(pdf, offsets, 5 + 2 * i);
		ret |= buf_addf(pdf,
				"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 "
				"595 842]\n/Resources << /Font << /F1 3 0 R "
				"/F2 4 0 R >> >> /Contents %d 0 R >>\nendobj\n",
				6 + 2 * i);
		ret |= object_start(pdf, offsets, 6 + 2 * i);
		ret |= buf_addf(pdf, "<< /Length %zu >>\nstream\n%s",
				content.len, buf_text(&content));
		ret |= buf_add_text(pdf, "endstream\nendobj\n");
	}
	start = pdf->len;
	ret |= buf_addf(pdf, "xref\n0 %d\n0000000000 65535 f \n", objects);
	for (int i = 1; i < objects; i++)
		ret |= buf_addf(pdf, "%010zu 00000 n \n", offsets[i]);
	ret |= buf_addf(pdf,
			"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%zu\n"
			"%%%%EOF\n",
			objects, start);
	buf_release(&content);
	return ret;
}

static void file_write(const char *path, const struct buf *data)
{
	FILE *file = fopen(path, "wb");

	if (!file || fwrite(data->data, 1, data->len, file) != data->len ||
	    fclose(file)) {
		perror(path);
		exit(1);
	}
}

/* Asks for a password to open: "secret". The fixed identifier and vector make
 * it a bad lock, and the same bytes each time. */
static void write_locked(const char *path, const struct buf *plain)
{
	qpdf_data pdf = qpdf_init();

	if (qpdf_read_memory(pdf, "paper", plain->data, plain->len, NULL) ||
	    qpdf_init_write(pdf, path)) {
		fprintf(stderr, "%s: cannot be written\n", path);
		exit(1);
	}
	qpdf_set_static_ID(pdf, QPDF_TRUE);
	qpdf_set_static_aes_IV(pdf, QPDF_TRUE);
	qpdf_set_r4_encryption_parameters_insecure(
		pdf, "secret", "owner", QPDF_TRUE, QPDF_TRUE, QPDF_TRUE,
		QPDF_TRUE, QPDF_TRUE, QPDF_TRUE, qpdf_r3p_full, QPDF_TRUE,
		QPDF_TRUE);
	if (qpdf_write(pdf) & QPDF_ERRORS) {
		fprintf(stderr, "%s: cannot be written\n", path);
		exit(1);
	}
	qpdf_cleanup(&pdf);
}

static void write_paper(const struct paper *paper)
{
	struct buf pdf = { 0 };

	if (paper_build(paper, &pdf))
		exit(1);
	file_write(paper->path, &pdf);
	buf_release(&pdf);
}

static void write_bill(const char *path, const char *date, const char *marker,
		       int locked)
{
	struct buf first = { 0 }, pdf = { 0 };
	struct paper paper = {
		.path = path,
		.marker = marker,
		.issuer = "PORTO MODELO ENERGIA",
	};

	if (buf_addf(&first, bill, date))
		exit(1);
	paper.pages[0] = buf_text(&first);
	paper.pages[1] = bill_detail;
	if (paper_build(&paper, &pdf))
		exit(1);
	if (locked)
		write_locked(path, &pdf);
	else
		file_write(path, &pdf);
	buf_release(&pdf);
	buf_release(&first);
}

void make_papers(void)
{
	for (size_t i = 0; i < sizeof(papers) / sizeof(papers[0]); i++)
		write_paper(&papers[i]);
	write_bill("proof-of-address.pdf", "05 JAN 2026", NULL, 0);
	write_bill("proof-of-address-too-old.pdf", "11 FEB 2017",
		   REJECT("too-old"), 0);
	write_bill("refused-encrypted.pdf", "05 JAN 2026", NULL, 1);
}
