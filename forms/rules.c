/* SPDX-License-Identifier: MIT */
/*
 * Rules between a file and a document type. A rule is a row: a stable code, how
 * bad it is, and a function that says whether it applies and writes the
 * sentence. A new check is a new row.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "forms/document.h"
#include "forms/i18n.h"
#include "forms/mem.h"
#include "forms/text.h"

#define NAME_BYTES     90	    /* of a file's name in a sentence */
#define TINY_BYTES     10000	    /* no readable photo is smaller */
#define SHORT_IDENTITY 600	    /* pixels on the shorter side of a card */
#define SHORT_OTHER    480	    /* and of anything else */
#define PIXELS_MOST    100000000ULL /* above, viewers give up */
#define PAGES_MOST     20

/* What a rule looks at. */
struct subject {
	const struct doc_type *type;
	const struct doc_facts *facts;
	const char *name;   /* cleaned, short enough for a sentence */
	const char *suffix; /* "pdf" in lower case; "" when it has none */
};

struct rule {
	const char *code;
	enum finding_severity severity;
	/* Does it apply? Then the sentence is in WORDS. */
	bool (*applies)(const struct subject *subject, struct buf *words);
	bool last; /* nothing else is worth saying */
};

static bool is_picture(const struct doc_facts *facts)
{
	return facts->kind == DOC_JPEG || facts->kind == DOC_PNG;
}

/* Did the reader give up before it could tell what the file is? */
static bool is_unread(const struct doc_facts *facts)
{
	return facts->damaged && facts->kind == DOC_UNKNOWN && !facts->mime[0];
}

static bool empty_file(const struct subject *subject, struct buf *words)
{
	if (subject->facts->bytes || subject->facts->damaged)
		return false;
	buf_addf(words,
		 _("'%s' is empty, so there is nothing to send: copy "
		   "or scan it again"),
		 subject->name);
	return true;
}

/* Sizes that look the same when rounded are said in bytes. */
static bool too_large(const struct subject *subject, struct buf *words)
{
	unsigned long long bytes = subject->facts->bytes;
	unsigned long long most = subject->type->max_bytes;
	char has[32], limit[32];

	if (!most || bytes <= most)
		return false;
	text_bytes(has, sizeof(has), bytes);
	text_bytes(limit, sizeof(limit), most);
	if (strcmp(has, limit) == 0)
		buf_addf(words,
			 _("'%s' has %llu bytes and at most %llu are taken: "
			   "save it smaller, or scan it at a lower resolution"),
			 subject->name, bytes, most);
	else
		buf_addf(words,
			 _("'%s' has %s and at most %s is taken: save it "
			   "smaller, or scan it at a lower resolution"),
			 subject->name, has, limit);
	return true;
}

/* Taken, as far as anybody knows, but others were refused for less. */
static bool rather_large(const struct subject *subject, struct buf *words)
{
	unsigned long long bytes = subject->facts->bytes;
	char has[32], safe[32];

	if (!subject->type->warn_bytes || bytes <= subject->type->warn_bytes ||
	    (subject->type->max_bytes && bytes > subject->type->max_bytes))
		return false;
	text_bytes(has, sizeof(has), bytes);
	text_bytes(safe, sizeof(safe), subject->type->warn_bytes);
	buf_addf(words,
		 _("'%s' has %s and may be refused for its size: below %s is "
		   "safer"),
		 subject->name, has, safe);
	return true;
}

/* Kinds that people bring and nobody takes. The first prefix that fits. */
static const struct foreign {
	const char *mime;
	const char *what;
	const char *hint;
} foreigners[] = {
	{ "image/heic", N_("a HEIC photo"),
	  N_("export it as JPEG (on an iPhone: Settings, Camera, Formats, "
	     "Most Compatible)") },
	{ "image/heif", N_("a HEIF photo"), N_("export it as JPEG") },
	{ "image/avif", N_("an AVIF picture"), N_("export it as JPEG") },
	{ "image/webp", N_("a WebP picture"),
	  N_("export it as JPEG, or ask for the original photo") },
	{ "image/gif", N_("a GIF picture"), N_("export it as PNG or JPEG") },
	{ "image/tiff", N_("a TIFF scan"), N_("save the scan as PDF or JPEG") },
	{ "image/bmp", N_("a BMP picture"), N_("export it as PNG") },
	{ "image/svg", N_("a drawing"), N_("print it to a PDF") },
	{ "image/", N_("another kind of picture"), N_("export it as JPEG") },
	{ "application/msword", N_("a Word document"),
	  N_("print it to a PDF") },
	{ "application/vnd.openxmlformats-officedocument",
	  N_("an Office document"), N_("print it to a PDF") },
	{ "application/vnd.ms-", N_("an Office document"),
	  N_("print it to a PDF") },
	{ "application/vnd.oasis.opendocument", N_("an Office document"),
	  N_("print it to a PDF") },
	{ "application/x-ole-storage", N_("an Office document"),
	  N_("print it to a PDF") },
	{ "application/CDFV2", N_("an Office document"),
	  N_("print it to a PDF") },
	{ "application/zip", N_("an archive"),
	  N_("unpack it and choose the file inside") },
	{ "application/x-7z", N_("an archive"),
	  N_("unpack it and choose the file inside") },
	{ "application/x-rar", N_("an archive"),
	  N_("unpack it and choose the file inside") },
	{ "message/rfc822", N_("an e-mail"), N_("save the attachment first") },
	{ "text/html", N_("a web page"), N_("print it to a PDF") },
	{ "text/", N_("plain text"), N_("choose a photo or a scan") },
	{ "video/", N_("a film"), N_("take a photo instead") },
	{ "audio/", N_("a sound"), N_("choose a photo or a scan") },
	{ "", N_("of a kind that cannot be told"),
	  N_("choose a photo or a scan") },
};

static const struct foreign *foreign_of(const char *mime)
{
	const struct foreign *foreign = foreigners;

	while (strncasecmp(mime, foreign->mime, strlen(foreign->mime)) != 0)
		foreign++;
	return foreign;
}

/* "JPEG, PNG or PDF" */
void doc_kinds_text(struct buf *words, unsigned kinds)
{
	static const enum doc_kind all[] = { DOC_JPEG, DOC_PNG, DOC_PDF };
	bool first = true;

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (!(kinds & all[i]))
			continue;
		kinds &= ~(unsigned)all[i];
		if (!first)
			buf_add_text(words, kinds ? ", " : _(" or "));
		buf_add_text(words, doc_kind_name(all[i]));
		first = false;
	}
}

static bool wrong_kind(const struct subject *subject, struct buf *words)
{
	const struct doc_facts *facts = subject->facts;
	const struct foreign *foreign = foreign_of(facts->mime);
	struct buf taken = { 0 };

	if ((facts->kind & subject->type->kinds) || is_unread(facts))
		return false;
	doc_kinds_text(&taken, subject->type->kinds);
	if (facts->kind != DOC_UNKNOWN)
		buf_addf(words,
			 _("'%s' is a %s file, and '%s' is taken as %s "
			   "only: choose another file"),
			 subject->name, doc_kind_name(facts->kind),
			 _(subject->type->label), buf_text(&taken));
	else
		buf_addf(words, _("'%s' is %s, and only %s is taken: %s"),
			 subject->name, _(foreign->what), buf_text(&taken),
			 _(foreign->hint));
	buf_release(&taken);
	return true;
}

static bool encrypted_pdf(const struct subject *subject, struct buf *words)
{
	if (!subject->facts->encrypted)
		return false;
	buf_addf(words,
		 _("'%s' asks for a password, so nobody could review "
		   "it: open it, print it to a new PDF and choose that"),
		 subject->name);
	return true;
}

/* An encrypted file looks damaged to whom it does not open for. */
static bool damaged_file(const struct subject *subject, struct buf *words)
{
	if (!subject->facts->damaged || subject->facts->encrypted)
		return false;
	buf_addf(words,
		 _("'%s' is damaged or cut short and cannot be read to "
		   "its end: copy or scan it again"),
		 subject->name);
	return true;
}

/* Suffixes that claim a kind; DOC_UNKNOWN: none that is taken anywhere. */
static const struct {
	const char *suffix;
	enum doc_kind kind;
} suffixes[] = {
	{ "jpg", DOC_JPEG },	 { "jpeg", DOC_JPEG },
	{ "jpe", DOC_JPEG },	 { "jfif", DOC_JPEG },
	{ "png", DOC_PNG },	 { "pdf", DOC_PDF },
	{ "heic", DOC_UNKNOWN }, { "heif", DOC_UNKNOWN },
	{ "gif", DOC_UNKNOWN },	 { "webp", DOC_UNKNOWN },
	{ "tif", DOC_UNKNOWN },	 { "tiff", DOC_UNKNOWN },
	{ "bmp", DOC_UNKNOWN },	 { "doc", DOC_UNKNOWN },
	{ "docx", DOC_UNKNOWN }, { "txt", DOC_UNKNOWN },
	{ "zip", DOC_UNKNOWN },
};

static bool extension_differs(const struct subject *subject, struct buf *words)
{
	enum doc_kind kind = subject->facts->kind;

	if (kind == DOC_UNKNOWN)
		return false;
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		if (strcmp(subject->suffix, suffixes[i].suffix) != 0)
			continue;
		if (suffixes[i].kind == kind)
			return false;
		buf_addf(words,
			 _("'%s' is named .%s but is a %s file: it is "
			   "sent as what it is"),
			 subject->name, subject->suffix, doc_kind_name(kind));
		return true;
	}
	return false; /* a dot in a name is not always a suffix */
}

static bool small_picture(const struct subject *subject, struct buf *words)
{
	unsigned width = subject->facts->width;
	unsigned height = subject->facts->height;
	unsigned shorter = width < height ? width : height;
	unsigned least = subject->type->sides == DOC_NO_SIDES ? SHORT_OTHER
							      : SHORT_IDENTITY;

	if (!is_picture(subject->facts) || shorter == 0 || shorter >= least)
		return false;
	buf_addf(words,
		 _("'%s' has only %u x %u pixels and may be refused as "
		   "unreadable: %u on the shorter side are safer"),
		 subject->name, width, height, least);
	return true;
}

static bool huge_picture(const struct subject *subject, struct buf *words)
{
	unsigned long long pixels = (unsigned long long)subject->facts->width *
				    subject->facts->height;

	if (!is_picture(subject->facts) || pixels <= PIXELS_MOST)
		return false;
	buf_addf(words,
		 _("'%s' has %u x %u pixels, more than some viewers "
		   "can open: save it smaller"),
		 subject->name, subject->facts->width, subject->facts->height);
	return true;
}

static bool tiny_file(const struct subject *subject, struct buf *words)
{
	char has[32];

	if (!is_picture(subject->facts) || subject->facts->damaged ||
	    subject->facts->bytes >= TINY_BYTES)
		return false;
	text_bytes(has, sizeof(has), subject->facts->bytes);
	buf_addf(words,
		 _("'%s' has only %s, so it may be a preview: look for "
		   "the original photo"),
		 subject->name, has);
	return true;
}

static bool many_pages(const struct subject *subject, struct buf *words)
{
	if (subject->facts->kind != DOC_PDF ||
	    subject->facts->pages <= PAGES_MOST)
		return false;
	buf_addf(words,
		 _("'%s' has %u pages and may take long to review: "
		   "send only those that are asked for"),
		 subject->name, subject->facts->pages);
	return true;
}

/* In the order a person should hear of them. */
static const struct rule rules[] = {
	{ "empty_file", FINDING_ERROR, empty_file, true },
	{ "wrong_kind", FINDING_ERROR, wrong_kind, false },
	{ "too_large", FINDING_ERROR, too_large, false },
	{ "encrypted_pdf", FINDING_ERROR, encrypted_pdf, false },
	{ "damaged_file", FINDING_ERROR, damaged_file, false },
	{ "rather_large", FINDING_WARNING, rather_large, false },
	{ "extension_differs", FINDING_WARNING, extension_differs, false },
	{ "small_picture", FINDING_WARNING, small_picture, false },
	{ "huge_picture", FINDING_WARNING, huge_picture, false },
	{ "tiny_file", FINDING_WARNING, tiny_file, false },
	{ "many_pages", FINDING_WARNING, many_pages, false },
};

/* NAME without its folder, cleaned, its middle left out when it is long. */
static char *short_name(const char *name)
{
	const char *slash = name ? strrchr(name, '/') : NULL;
	char *out = NULL;

	if (slash)
		name = slash + 1;
	if (!name || !*name)
		return mem_dup(_("this file"));
	out = mem_alloc(NAME_BYTES);
	text_clean_ends(out, NAME_BYTES, name);
	return out;
}

/* The suffix of NAME in lower case, in OUT. */
static void suffix_of(char *out, size_t size, const char *name)
{
	const char *dot = name ? strrchr(name, '.') : NULL;
	size_t used = 0;

	for (dot = dot ? dot + 1 : ""; *dot && used + 1 < size; dot++)
		out[used++] = *dot >= 'A' && *dot <= 'Z'
				      ? (char)(*dot - 'A' + 'a')
				      : *dot;
	out[*dot ? 0 : used] = '\0';
}

void doc_check_file(const struct doc_type *type, const struct doc_facts *facts,
		    const char *name, struct findings *findings)
{
	char *shown = short_name(name);
	char suffix[8];
	struct subject subject = { type, facts, shown, suffix };
	struct buf words = { 0 };

	suffix_of(suffix, sizeof(suffix), name);
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		if (!rules[i].applies(&subject, &words))
			continue;
		findings_add(findings, rules[i].severity, rules[i].code, NULL,
			     "%s", buf_text(&words));
		buf_reset(&words);
		if (rules[i].last)
			break;
	}
	buf_release(&words);
	free(shown);
}
