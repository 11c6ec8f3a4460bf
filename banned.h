/* SPDX-License-Identifier: MIT */
/*
 * Functions that bite. Included into every file by the compiler's command
 * line (-include), so that using one does not compile.
 */
#ifndef BANNED_H
#define BANNED_H

/* Their prototypes come first, or the pragma would refuse the headers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat sprintf vsprintf strtok gets
#pragma GCC poison atoi atol atof localtime gmtime ctime asctime
#pragma GCC poison tmpnam mktemp tempnam popen system

#endif
