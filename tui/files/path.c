/* SPDX-License-Identifier: MIT */
/* Paths as people and terminals give them. The text is taken apart here; no
 * shell sees it. */
#include "tui/files/path.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "forms/form.h"

#define PATHS_MOST	1000
#define ENTRIES_MOST	20000 /* of a directory; more are not looked at */
#define FILE_SCHEME	"file://"
#define FILE_SCHEME_LEN 7

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\0';
}

/* What is longer names no file: something else was pasted by mistake. */
static void add(struct tui_paths *paths, char *path)
{
	if (!*path || paths->count >= PATHS_MOST || strlen(path) >= PATH_MAX) {
		free(path);
		return;
	}
	paths->list = mem_grow(paths->list, paths->count, sizeof(*paths->list));
	paths->list[paths->count++] = path;
}

void tui_paths_release(struct tui_paths *paths)
{
	for (size_t i = 0; i < paths->count; i++)
		free(paths->list[i]);
	free(paths->list);
	*paths = (struct tui_paths){ 0 };
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* "file://host/a%20b" is "/a b"; taken over. Anything else stays. %00 stays
 * as it is: no file is called that. */
static char *from_address(char *text)
{
	char *path = NULL;
	size_t used = 0;

	if (strncasecmp(text, FILE_SCHEME, FILE_SCHEME_LEN))
		return text;
	path = strchr(text + FILE_SCHEME_LEN, '/');
	if (!path)
		return text;
	for (; *path; path++) {
		int high = path[0] == '%' ? hex_value(path[1]) : -1;
		int low = high >= 0 ? hex_value(path[2]) : -1;

		if (low >= 0 && high + low > 0) {
			text[used++] = (char)(high * 16 + low);
			path += 2;
		} else {
			text[used++] = *path;
		}
	}
	text[used] = '\0';
	return text;
}

static bool exists(const char *path)
{
	char *absolute = tui_path_absolute(path);
	struct stat st;
	bool there = strlen(absolute) < PATH_MAX && !lstat(absolute, &st);

	free(absolute);
	return there;
}

/* Does the line at TEXT, unquoted as it is, name something? Its length; 0: no.
 * A name with blanks is often pasted bare. */
static size_t whole_line(const char *text, size_t len)
{
	size_t end = 0;
	char *line;

	while (end < len && text[end] != '\n' && text[end] != '\r')
		end++;
	while (end > 0 && is_blank(text[end - 1]))
		end--;
	if (end == 0 || end >= PATH_MAX)
		return 0;
	line = mem_dup_n(text, end);
	if (strlen(line) != end || !exists(line))
		end = 0;
	free(line);
	return end;
}

/* One word at TEXT as a shell would read it; returns the bytes it took. */
static size_t one_word(const char *text, size_t len, struct buf *word)
{
	char quote = '\0';
	size_t at = 0;

	for (; at < len && (quote || !is_blank(text[at])); at++) {
		char c = text[at];

		if (quote && c == quote) {
			quote = '\0';
		} else if (!quote && (c == '\'' || c == '"')) {
			quote = c;
		} else if (c == '\\' && quote != '\'' && at + 1 < len &&
			   (!quote || strchr("\"\\$`", text[at + 1]))) {
			buf_add_char(word, text[++at]);
		} else if (c != '\0') {
			buf_add_char(word, c);
		}
	}
	return at;
}

void tui_paths_parse(const char *text, size_t len, struct tui_paths *out)
{
	size_t at = 0;

	while (at < len && out->count < PATHS_MOST) {
		struct buf word = { 0 };
		size_t line;

		if (is_blank(text[at])) {
			at++;
			continue;
		}
		line = whole_line(text + at, len - at);
		if (line) {
			add(out, mem_dup_n(text + at, line));
			at += line;
			continue;
		}
		at += one_word(text + at, len - at, &word);
		add(out, from_address(buf_take(&word)));
	}
}

int tui_paths_likely(const char *text)
{
	while (*text && is_blank(*text))
		text++;
	return text[0] == '/' || text[0] == '\'' || text[0] == '"' ||
	       !strncmp(text, "~/", 2) || !strncmp(text, "./", 2) ||
	       !strncmp(text, "../", 3) ||
	       !strncasecmp(text, FILE_SCHEME, FILE_SCHEME_LEN);
}

char *tui_path_absolute(const char *typed)
{
	const char *home = getenv("HOME");
	char *here = NULL;
	char *path = NULL;

	if (typed[0] == '/')
		return mem_dup(typed);
	if (typed[0] == '~' && (typed[1] == '/' || !typed[1]) && home &&
	    home[0] == '/')
		return mem_printf("%s%s", home, typed + 1);
	while (!strncmp(typed, "./", 2))
		typed += 2;
	here = getcwd(NULL, 0);
	path = mem_printf("%s%s%s", here ? here : "",
			  here && !strcmp(here, "/") ? "" : "/", typed);
	free(here);
	return path;
}

struct entry {
	char *name; /* a directory's ends in '/' */
	int64_t modified;
};

static int newest_first(const void *a, const void *b)
{
	const struct entry *one = a, *other = b;

	if (one->modified != other->modified)
		return one->modified < other->modified ? 1 : -1;
	return strcmp(one->name, other->name);
}

/* Entries of DIRECTORY whose name starts with PREFIX, case folded. */
static struct entry *matching(const char *directory, const char *prefix,
			      size_t *count)
{
	DIR *dir = opendir(directory);
	char *wanted = text_fold(prefix);
	struct entry *list = NULL;
	struct dirent *found;
	size_t seen = 0;

	*count = 0;
	while (dir && seen++ < ENTRIES_MOST && (found = readdir(dir))) {
		const char *name = found->d_name;
		char *folded = NULL;
		struct stat st;

		if (!strcmp(name, ".") || !strcmp(name, "..") ||
		    (name[0] == '.' && prefix[0] != '.'))
			continue;
		folded = text_fold(name);
		if (!strncmp(folded, wanted, strlen(wanted)) &&
		    !fstatat(dirfd(dir), name, &st, 0)) {
			list = mem_grow(list, *count, sizeof(*list));
			list[*count].name = mem_printf(
				"%s%s", name, S_ISDIR(st.st_mode) ? "/" : "");
			list[*count].modified = st.st_mtime;
			(*count)++;
		}
		free(folded);
	}
	if (dir)
		closedir(dir);
	free(wanted);
	return list;
}

/* The beginning that all COUNT names share, at a character's edge. */
static size_t shared(const struct entry *list, size_t count)
{
	const char *first = list[0].name;
	size_t len = strlen(first);
	size_t edge = 0;

	for (size_t i = 1; i < count; i++) {
		size_t same = 0;

		while (same < len && list[i].name[same] == first[same])
			same++;
		len = same;
	}
	while (first[edge] && text_next(first, edge) <= len)
		edge = text_next(first, edge);
	return edge;
}

static char *extended(const char *typed, size_t directory_len,
		      const struct entry *list, size_t count)
{
	size_t len = count ? shared(list, count) : 0;

	/* Names that differ in case from what was typed share less of it. */
	if (len < strlen(typed + directory_len))
		return mem_dup(typed);
	return mem_printf("%.*s%.*s", (int)directory_len, typed, (int)len,
			  list[0].name);
}

void tui_path_complete(const char *typed, size_t room, struct tui_paths *names,
		       char **common)
{
	const char *slash = strrchr(typed, '/');
	size_t directory_len = slash ? (size_t)(slash - typed) + 1 : 0;
	char *part = mem_dup_n(typed, directory_len);
	char *directory = NULL;
	struct entry *list = NULL;
	size_t count = 0;

	if (!strcmp(typed, "~")) { /* nothing in it was asked for yet */
		if (common)
			*common = mem_dup("~/");
		free(part);
		return;
	}
	directory = tui_path_absolute(directory_len ? part : "");
	list = matching(directory, typed + directory_len, &count);
	if (count)
		qsort(list, count, sizeof(*list), newest_first);
	if (common)
		*common = extended(typed, directory_len, list, count);
	for (size_t i = 0; i < count; i++) {
		if (i < room)
			add(names, list[i].name);
		else
			free(list[i].name);
	}
	free(list);
	free(directory);
	free(part);
}
