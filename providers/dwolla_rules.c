/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: what is right in a field, beyond its kind.
 * https://developers.dwolla.com/docs/balance/api-reference/customers/create
 */
#include <arpa/inet.h>
#include <string.h>

#include "providers/dwolla.h"

#define AGE_LEAST 18
#define AGE_MOST  125

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The page prints the set inside square brackets; whether they belong to it
 * is not clear, and nobody is called by one. */
const char *dwolla_name_rule(const struct form_answers *answers,
			     const char *answer, struct buf *words)
{
	(void)answers;
	if (!strpbrk(answer, "<>=\"`!?%~${}\\[]"))
		return NULL;
	buf_add_text(words, _("has signs that are not taken in a name, such as "
			      "! ? = % $ or brackets"));
	return "sign_not_taken";
}

/* Letters and digits of TEXT in lower case. */
static void add_letters(struct buf *out, const char *text)
{
	for (; *text && out->len < 200; text++) {
		if (*text >= 'A' && *text <= 'Z')
			buf_add_char(out, (char)(*text - 'A' + 'a'));
		else if ((*text >= 'a' && *text <= 'z') || is_digit(*text))
			buf_add_char(out, *text);
		else if (*text == ' ' && out->len &&
			 out->data[out->len - 1] != ' ')
			buf_add_char(out, ' ');
	}
}

/* "PO Box 12", "P.O. box 12", "p o box", "Post Office Box 12", "POB 12"; but
 * not "12 Box Elder Rd" nor "Depot Boxwood". */
static bool is_po_box(const char *answer)
{
	static const char *const starts[] = { "po box", "p o box",
					      "pobox",	"post office box",
					      "pob ",	NULL };
	struct buf letters = { 0 };
	bool found = false;

	add_letters(&letters, answer);
	for (size_t i = 0; starts[i] && !found; i++) {
		const char *text = buf_text(&letters);
		const char *at = text;

		while (!found && (at = strstr(at, starts[i]))) {
			char next = at[strlen(starts[i])];
			bool whole = (at == text || at[-1] == ' ') &&
				     (next < 'a' || next > 'z');

			found = whole;
			at++;
		}
	}
	buf_release(&letters);
	return found;
}

const char *dwolla_street_rule(const struct form_answers *answers,
			       const char *answer, struct buf *words)
{
	(void)answers;
	if (!is_po_box(answer))
		return NULL;
	buf_add_text(words, _("a PO box is not taken, write the street"));
	return "po_box";
}

const char *dwolla_city_rule(const struct form_answers *answers,
			     const char *answer, struct buf *words)
{
	(void)answers;
	if (!strpbrk(answer, "0123456789"))
		return NULL;
	buf_add_text(words, _("has digits, which no city is taken with"));
	return "digits_not_taken";
}

const char *dwolla_state_rule(const struct form_answers *answers,
			      const char *answer, struct buf *words)
{
	(void)answers;
	if (strlen(answer) == 2 &&
	    strspn(answer, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 2)
		return NULL;
	buf_add_text(words, _("two capital letters are wanted, for example "
			      "NY"));
	return "not_a_state";
}

const char *dwolla_birth_rule(const struct form_answers *answers,
			      const char *answer, struct buf *words)
{
	int years = form_years_since(answer);

	(void)answers;
	if (years >= AGE_LEAST && years <= AGE_MOST)
		return NULL;
	buf_addf(words, _("the person has to be %d to %d years old"), AGE_LEAST,
		 AGE_MOST);
	return "age_not_taken";
}

const char *dwolla_uuid_rule(const struct form_answers *answers,
			     const char *answer, struct buf *words)
{
	size_t len = strlen(answer);

	(void)answers;
	for (size_t i = 0; i < len && len == 36; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? answer[i] != '-'
			 : !strchr("0123456789abcdefABCDEF", answer[i]))
			len = 0;
	}
	if (len == 36)
		return NULL;
	buf_add_text(words, _("not one of Dwolla's classification ids, for "
			      "example 9ed3f670-7d6f-11e3-b1ce-5404a6144203"));
	return "not_an_id";
}

const char *dwolla_ip_rule(const struct form_answers *answers,
			   const char *answer, struct buf *words)
{
	struct in6_addr six;
	struct in_addr four;

	(void)answers;
	if (inet_pton(AF_INET, answer, &four) == 1 ||
	    inet_pton(AF_INET6, answer, &six) == 1)
		return NULL;
	buf_add_text(words, _("not an IP address, for example 203.0.113.7"));
	return "not_an_address";
}

const char *dwolla_yes_rule(const struct form_answers *answers,
			    const char *answer, struct buf *words)
{
	(void)answers;
	if (strcmp(answer, "true") == 0)
		return NULL;
	buf_add_text(words, _("only a yes can be sent"));
	return "not_certified";
}
