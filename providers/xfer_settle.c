// SPDX-License-Identifier: MIT
/* How an attempt ended, and the sentence about it. */
#include "providers/xfer_private.h"

#include "forms/i18n.h"
#include "forms/text.h"

/* What libcurl calls these is for programmers. */
static const struct {
	CURLcode code;
	const char *words;
	bool more; /* its own words say more, and hold nothing private */
} reasons[] = {
	{ CURLE_COULDNT_RESOLVE_HOST, N_("the server's name cannot be found"),
	  false },
	{ CURLE_COULDNT_CONNECT, N_("the server does not take connections"),
	  false },
	{ CURLE_OPERATION_TIMEDOUT, N_("the server cannot be reached in time"),
	  false },
	{ CURLE_PEER_FAILED_VERIFICATION,
	  N_("the server's certificate is not valid"), true },
	{ CURLE_SSL_CONNECT_ERROR, N_("no encrypted connection came about"),
	  true },
	{ CURLE_SSL_CACERT_BADFILE,
	  N_("the trusted certificates cannot be read: the profile's ca_file, or "
	     "Debian's package ca-certificates"),
	  false },
	{ CURLE_SEND_ERROR, N_("the connection broke while sending"), false },
	{ CURLE_RECV_ERROR, N_("the connection broke before the answer came"),
	  false },
	{ CURLE_GOT_NOTHING,
	  N_("the server closed the connection without an answer"), false },
	{ CURLE_PARTIAL_FILE, N_("the answer was cut off"), false },
	{ CURLE_UNSUPPORTED_PROTOCOL, N_("the answer is not HTTP"), false },
	{ CURLE_WEIRD_SERVER_REPLY, N_("the answer is not HTTP"), false },
	{ CURLE_HTTP2, N_("the connection broke (HTTP/2)"), false },
	{ CURLE_HTTP2_STREAM, N_("the connection broke (HTTP/2)"), false },
};

static void explain(struct xfer_call *call, CURLcode code)
{
	char said[sizeof(call->detail)];

	snprintf(said, sizeof(said), "%s", _("the answer was cut off"));
	for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++) {
		if (reasons[i].code != code)
			continue;
		if (reasons[i].more && call->words[0])
			snprintf(said, sizeof(said), "%s (%.150s)",
				 _(reasons[i].words), call->words);
		else
			snprintf(said, sizeof(said), "%s", _(reasons[i].words));
		break;
	}
	text_clean(call->detail, sizeof(call->detail), said);
}

/*
 * Did the answer come whole? With code OK libcurl saw the body's end, but it
 * is content with a head that was cut off, or with a mere 100. With an error
 * the answer may still be whole: a server that refuses early breaks our
 * sending, not its answer.
 */
static bool whole(const struct xfer_call *call, CURLcode code)
{
	const struct answer *answer = &call->answer;
	curl_off_t length = -1;

	if (!answer->whole_head)
		return false;
	if (code == CURLE_OK || answer->status == 204 || answer->status == 304)
		return true;
	xfer_curl.easy_getinfo(call->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T,
			       &length);
	return length >= 0 && answer->body.len == (uint64_t)length;
}

void xfer_settle(struct xfer_call *call, CURLcode code)
{
	if (call->source_failed) {
		text_clean(call->detail, sizeof(call->detail), call->body.why);
		xfer_end(call, PROV_END_SOURCE);
	} else if (call->answer.too_large || code == CURLE_OUT_OF_MEMORY) {
		/* libcurl says the latter of one endless header line. */
		snprintf(call->detail, sizeof(call->detail), "%s",
			 _("the answer is too large to be read"));
		xfer_end(call,
			 call->begun ? PROV_END_TOO_LARGE : PROV_END_UNREACHED);
	} else if (whole(call, code)) {
		xfer_end(call, PROV_END_ANSWER);
	} else {
		explain(call, code);
		xfer_end(call,
			 call->begun ? PROV_END_LOST : PROV_END_UNREACHED);
	}
}
