/* SPDX-License-Identifier: MIT */
/* Themes: roles, words for looks, and files of them, read with inih. */
#include "tui/terminal/theme.h"

#include <errno.h>
#include <fcntl.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "forms/form.h"
#include "tui/app.h"

#define FILE_MOST (64 << 10)

/* The built-in theme. With 256 colours they are such as can be read on a
 * light and on a dark ground; with fewer the terminal decides what they are.
 * The bar is plain: of eight that move, colours would double the bytes. */
static const struct role {
	const char *name; /* in a file; NULL: always the terminal's own */
	const char *look;
	const char *look_256; /* NULL: the same */
} roles[TUI_STYLES] = {
	[TUI_PLAIN] = { NULL, "plain", NULL },
	[TUI_STRONG] = { "strong", "bold", NULL },
	[TUI_DIM] = { "muted", "dim", NULL },
	[TUI_FOCUS] = { "focus", "reverse", NULL },
	[TUI_GOOD] = { "ok", "green", "28" },
	[TUI_WARN] = { "warning", "bold yellow", "bold 130" },
	[TUI_BAD] = { "error", "bold red", "bold 160" },
	[TUI_TITLE] = { "heading", "bold cyan", "bold 31" },
	[TUI_HERE] = { "step", "reverse", NULL },
	[TUI_ALARM] = { "production", "reverse", NULL },
	[TUI_BAR] = { "bar", "plain", NULL },
	[TUI_BAR_LEFT] = { "bar-left", "plain", NULL },
	[TUI_LINE] = { "line", "dim", NULL },
};

static const struct word {
	const char *name;
	unsigned attribute;
} attributes[] = {
	{ "bold", TUI_LOOK_BOLD },
	{ "dim", TUI_LOOK_DIM },
	{ "reverse", TUI_LOOK_REVERSE },
	{ "underline", TUI_LOOK_UNDERLINE },
	{ "plain", 0 },
};

static const char *const colours[] = {
	"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
};

static const struct depth {
	const char *name; /* of its section */
	short colours;
} depths[TUI_DEPTHS] = {
	[TUI_DEPTH_NONE] = { "none", 0 },
	[TUI_DEPTH_8] = { "8", 8 },
	[TUI_DEPTH_16] = { "16", 16 },
	[TUI_DEPTH_256] = { "256", 256 },
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define BRIGHT	     8 /* the bright ones follow the others */
#define NO_COLOUR    (-2)

/* Words. */

static bool find_attribute(const char *word, unsigned *attribute)
{
	for (size_t i = 0; i < COUNT(attributes); i++)
		if (strcmp(attributes[i].name, word) == 0) {
			*attribute = attributes[i].attribute;
			return true;
		}
	return false;
}

/* NO_COLOUR: it is none, or one that needs more than MOST. */
static short find_colour(const char *word, short most)
{
	bool bright = strncmp(word, "bright-", 7) == 0;
	char *end = NULL;
	long number = strtol(word, &end, 10);

	if (strcmp(word, "default") == 0)
		return -1;
	if (*word >= '0' && *word <= '9' && !*end)
		return number < most ? (short)number : NO_COLOUR;
	for (size_t i = 0; i < COUNT(colours); i++)
		if (strcmp(colours[i], word + (bright ? 7 : 0)) == 0)
			return (short)(i + (bright ? BRIGHT : 0));
	return NO_COLOUR;
}

static int refuse(const char *word, short most, struct err *err)
{
	char numbers[64] = "";

	if (most)
		snprintf(numbers, sizeof(numbers), _(", numbers from 0 to %d"),
			 most - 1);
	return err_set(
		err, ERR_CONFIG,
		_("'%s' is no look: a look is plain, bold, dim, reverse, "
		  "underline and a colour, 'on' another: black, red, green, "
		  "yellow, blue, magenta, cyan, white, bright-red and so on, "
		  "default%s"),
		word, numbers);
}

/* "bold white on 124"; MOST: numbers of colours are below it. */
static int parse_look(const char *words, short most, struct tui_look *look,
		      struct err *err)
{
	struct tui_look parsed = { 0, -1, -1 };
	char *copy = mem_dup(words), *next = copy, *word = NULL;
	short *colour = &parsed.colour;
	int ret = 0;

	while (!ret && (word = strsep(&next, " \t"))) {
		unsigned attribute = 0;
		short number = 0;

		if (!*word)
			continue;
		if (strcmp(word, "on") == 0) {
			colour = &parsed.ground;
		} else if (find_attribute(word, &attribute)) {
			parsed.attributes |= attribute;
		} else {
			number = find_colour(word, most);
			if (number == NO_COLOUR)
				ret = refuse(word, most, err);
			*colour = number;
		}
	}
	if (!ret)
		*look = parsed;
	free(copy);
	return ret;
}

/* Where there are only eight, a bright colour is a bold one. */
static struct tui_look as_shown(struct tui_look look, enum tui_depth depth)
{
	if (depth == TUI_DEPTH_NONE)
		look.colour = look.ground = -1;
	if (depth == TUI_DEPTH_8 && look.colour >= BRIGHT) {
		look.colour = (short)(look.colour - BRIGHT);
		look.attributes |= TUI_LOOK_BOLD;
	}
	if (depth == TUI_DEPTH_8 && look.ground >= BRIGHT)
		look.ground = (short)(look.ground - BRIGHT);
	return look;
}

static void set_look(struct tui_theme *theme, size_t style, enum tui_depth from,
		     enum tui_depth to, struct tui_look look)
{
	for (int depth = from; depth <= (int)to; depth++)
		theme->looks[depth][style] = as_shown(look, depth);
}

void tui_theme_default(struct tui_theme *theme)
{
	for (size_t i = 0; i < TUI_STYLES; i++) {
		const struct role *role = &roles[i];
		struct tui_look look = { 0, -1, -1 };

		/* Ours can be parsed. */
		(void)!parse_look(role->look, BRIGHT, &look, NULL);
		set_look(theme, i, TUI_DEPTH_NONE, TUI_DEPTH_256, look);
		if (!role->look_256)
			continue;
		(void)!parse_look(role->look_256, 256, &look, NULL);
		set_look(theme, i, TUI_DEPTH_256, TUI_DEPTH_256, look);
	}
}

/* Files. */

struct reading {
	struct tui_theme theme;
	struct err mistake;
};

static int no_such(struct err *err, const char *what, const char *word,
		   const char *const *known)
{
	struct buf all = { .max = 400 };
	const char *near = text_nearest(word, known);

	for (size_t i = 0; known[i]; i++)
		buf_addf(&all, "%s%s", i ? ", " : "", known[i]);
	if (near)
		err_set(err, ERR_CONFIG,
			_("there is no %s '%s'; did you mean '%s'?"), what,
			word, near);
	else
		err_set(err, ERR_CONFIG, _("there is no %s '%s'; there are %s"),
			what, word, buf_text(&all));
	buf_release(&all);
	return -1;
}

static int take_role(struct reading *reading, size_t depth, const char *name,
		     const char *words)
{
	const char *known[TUI_STYLES + 1] = { 0 };
	bool all = depth == TUI_DEPTHS;
	struct tui_look look = { 0 };
	size_t count = 0;

	for (size_t i = 0; i < TUI_STYLES; i++) {
		if (!roles[i].name)
			continue;
		known[count++] = roles[i].name;
		if (strcmp(roles[i].name, name) != 0)
			continue;
		if (parse_look(words, all ? BRIGHT : depths[depth].colours,
			       &look, &reading->mistake))
			return -1;
		set_look(&reading->theme, i, all ? TUI_DEPTH_NONE : depth,
			 all ? TUI_DEPTH_256 : depth, look);
		return 0;
	}
	return no_such(&reading->mistake, _("role"), name, known);
}

/* inih's handler: 0 makes ini_parse_file answer this line. */
static int take(void *user, const char *section, const char *name,
		const char *value)
{
	const char *known[TUI_DEPTHS + 1] = { 0 };
	struct reading *reading = user;
	size_t depth = 0;

	if (reading->mistake.code)
		return 0;
	for (; depth < TUI_DEPTHS; depth++) {
		known[depth] = depths[depth].name;
		if (strcmp(depths[depth].name, section) == 0)
			break;
	}
	if (depth == TUI_DEPTHS && *section) {
		no_such(&reading->mistake, _("section"), section, known);
		return 0;
	}
	return !take_role(reading, depth, name, value);
}

static FILE *open_theme(const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat st;
	FILE *file = NULL;

	if (fd < 0) {
		err_set(err, ERR_CONFIG, _("cannot read the theme '%s': %s"),
			path, strerror(errno));
		return NULL;
	}
	if (!fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_size <= FILE_MOST)
		file = fdopen(fd, "r");
	if (!file) {
		err_set(err, ERR_CONFIG,
			_("cannot read the theme '%s': not a file of a few "
			  "lines"),
			path);
		close(fd);
	}
	return file;
}

int tui_theme_read(struct tui_theme *theme, const char *path, struct err *err)
{
	struct reading reading = { .mistake = { 0 } };
	FILE *file = open_theme(path, err);
	int line = 0;

	tui_theme_default(theme);
	if (!file)
		return -1;
	reading.theme = *theme;
	line = ini_parse_file(file, take, &reading);
	fclose(file);
	if (line != 0)
		return err_set(err, ERR_CONFIG, _("%s, line %d: %s"), path,
			       line > 0 ? line : 0,
			       reading.mistake.code
				       ? reading.mistake.text
				       : _("neither [section] nor role = "
					   "look"));
	*theme = reading.theme;
	return 0;
}

char *tui_theme_path(const char *name, const char *config)
{
	const char *slash = config ? strrchr(config, '/') : NULL;
	char *directory = NULL;
	char *path = NULL;

	if (strchr(name, '/'))
		return mem_dup(name);
	directory = slash ? mem_dup_n(config, (size_t)(slash - config))
			  : mem_dup(".");
	path = mem_printf("%s/themes/%s.theme", directory, name);
	free(directory);
	if (!access(path, R_OK))
		return path;
	free(path);
	directory = tui_data("themes");
	path = mem_printf("%s/%s.theme", directory, name);
	free(directory);
	return path;
}
