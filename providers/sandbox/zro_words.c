/* SPDX-License-Identifier: MIT */
/*
 * Z.ro Bank: refusals. The code is what a program reads and never changes;
 * the message is for people, in the language that x-lang asks for.
 * https://docs.zrobank.io/baas/api-overview/api-responses
 */
#include "providers/sandbox/zro.h"

#include "forms/mem.h"

static const struct refusal {
	const char *code;
	int status;
	const char *pt, *en;
} refusals[] = {
	{ "UNAUTHORIZED", 401, "Acesso negado", "Access is denied" },
	{ "FORBIDDEN", 403, "Acesso não permitido", "Access Denied" },
	{ "DEFAULT", 404, "Não encontrado", "Not found" },
	{ "MISSING_DATA", 400, "Dados obrigatórios não informados",
	  "Required mandatory data" },
	{ "INVALID_FORMAT", 422, "O formato não é aceito",
	  "The format is not accepted" },
	{ "VALIDATION", 422, "O valor é inválido", "The value is invalid" },
	{ "IS_UUID", 422, "O valor deve ser um UUID",
	  "The value must be a UUID" },
	{ "IS_ENUM", 422, "O valor não é aceito", "The value is not accepted" },
	{ "IS_CPF_OR_CNPJ", 422, "O valor deve ser um CPF ou CNPJ",
	  "The value must be a CPF or CNPJ" },
	{ "MATCHES", 422, "O valor não segue o padrão",
	  "The value does not match the pattern" },
	{ "INVALID_CPF_FORMAT", 422, "O CPF é inválido",
	  "The CPF is not valid" },
	{ "INVALID_CNPJ_FORMAT", 422, "O CNPJ é inválido",
	  "The CNPJ is not valid" },
	{ "INVALID_DOCUMENT_FORMAT", 422, "O arquivo deve ser PDF, JPG ou JPEG",
	  "The file must be PDF, JPG or JPEG" },
	{ "REPLAY", 409, "A requisição não pôde ser processada",
	  "Request could not be processed" },
	{ "USER_NOT_FOUND", 422, "Usuário não encontrado", "User not found" },
	{ "ONBOARDING_NOT_FOUND", 422, "Onboarding não encontrado",
	  "Onboarding not found" },
	{ "SHAREHOLDER_NOT_FOUND", 422, "Sócio não encontrado",
	  "Shareholder not found" },
	{ "LEGAL_REPRESENTATIVE_NOT_FOUND", 422,
	  "Representante legal não encontrado",
	  "Legal representative not found" },
	{ "DOCUMENT_NOT_FOUND", 422, "Documento não encontrado",
	  "Document not found" },
	{ "ONBOARDING_INVALID_STATUS", 422, "O status do onboarding é inválido",
	  "Onboarding status is not valid" },
	{ "SHAREHOLDERS_REQUIRED", 422, "É necessário informar os sócios",
	  "Shareholders are required" },
	{ "SHAREHOLDER_MISSING_LEGAL_REPRESENTATIVES", 422,
	  "Um sócio não tem representante legal",
	  "A shareholder has no legal representative" },
	{ "LEGAL_REPRESENTATIVE_DOCUMENTS_MISSING", 422,
	  "Faltam documentos de um representante legal",
	  "Documents of a legal representative are missing" },
	{ "ONBOARDING_DOCUMENTS_MISSING", 422, "Faltam documentos da empresa",
	  "Company documents are missing" },
	{ NULL, 422, "Requisição inválida", "Invalid request" },
};

/* Those that come from below the API, without a code. */
static const struct refusal plain[] = {
	{ NULL, 413, "A requisição é maior do que o permitido",
	  "The request is larger than it can handle" },
	{ NULL, 415, "O tipo de conteúdo não é aceito",
	  "The content type is not supported" },
	{ NULL, 429, "Muitas requisições", "Too many requests" },
	{ NULL, 405, "O método não é aceito", "The method is not accepted" },
	{ NULL, 0, "Erro interno", "Internal error" },
};

bool zro_english(const struct call *call)
{
	const char *lang = call_header(call, "x-lang");

	return lang && !strcmp(lang, "en-US");
}

/* SEPARATOR and DETAIL (NULL: none) end the message. */
static bool deny(struct call *call, int status, const struct refusal *refusal,
		 const char *separator, const char *detail)
{
	char *message = mem_printf(
		"%s%s%s.", zro_english(call) ? refusal->en : refusal->pt,
		detail ? separator : "", detail ? detail : "");
	const char *error = status == 401  ? "AUTH"
			    : status < 500 ? "USER"
					   : "SYSTEM";
	json_t *body = json_pack("{sb sn ss ss}", "success", 0, "data", "error",
				 error, "message", message);

	if (refusal->code)
		json_object_set_new(body, "code", json_string(refusal->code));
	call_json(call, status, body);
	free(message);
	return false;
}

static const struct refusal *by_code(const char *code)
{
	const struct refusal *refusal = refusals;

	while (refusal->code && strcmp(refusal->code, code))
		refusal++;
	return refusal;
}

bool zro_deny_as(struct call *call, int status, const char *code,
		 const char *param)
{
	const struct refusal *refusal = by_code(code);

	return deny(call, status ? status : refusal->status, refusal,
		    zro_english(call) ? " in param " : " no parâmetro ", param);
}

bool zro_deny(struct call *call, const char *code, const char *param)
{
	return zro_deny_as(call, 0, code, param);
}

/* What the frame refuses: it knows a status, and a sentence in English. */
void zro_refuse(struct call *call, int status, const char *message)
{
	const struct refusal *refusal = plain;

	switch (status) {
	case 400:
		deny(call, 400, by_code("INVALID_FORMAT"), ": ", message);
		return;
	case 401:
		zro_deny(call, "UNAUTHORIZED", NULL);
		return;
	case 403:
		zro_deny(call, "FORBIDDEN", NULL);
		return;
	case 404:
		zro_deny(call, "DEFAULT", NULL);
		return;
	case 409:
		zro_deny(call, "REPLAY", NULL);
		return;
	case 422:
		deny(call, 422, by_code("VALIDATION"), ": ", message);
		return;
	default:
		while (refusal->status && refusal->status != status)
			refusal++;
		deny(call, status, refusal, "", NULL);
	}
}
