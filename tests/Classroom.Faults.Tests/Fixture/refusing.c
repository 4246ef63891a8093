/*
 * LD_PRELOAD: while the file REFUSING_SWITCH exists, writes to files under REFUSING_DIR fail as on a full disk (ENOSPC), or, if the file
 * begins with 'r', as on one that the system has turned read-only (EROFS). Everything else, and all reading, goes on.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static int refuses(int fd) {
    const char *dir = getenv("REFUSING_DIR"), *file = getenv("REFUSING_SWITCH");
    char link[64], path[PATH_MAX], mood = 0;
    if (!dir || !file) return 0;
    int keep = errno, on = open(file, O_RDONLY | O_CLOEXEC);
    if (on < 0) { errno = keep; return 0; }
    if (read(on, &mood, 1) != 1) mood = 0;
    close(on);
    errno = keep;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n < 0) return 0;
    path[n] = 0;
    if (strncmp(path, dir, strlen(dir)) != 0) return 0;
    errno = mood == 'r' ? EROFS : ENOSPC;
    return 1;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *b, size_t n) { return refuses(fd) ? -1 : NEXT(write)(fd, b, n); }
ssize_t pwrite(int fd, const void *b, size_t n, off_t at) { return refuses(fd) ? -1 : NEXT(pwrite)(fd, b, n, at); }
ssize_t pwrite64(int fd, const void *b, size_t n, off64_t at) { return refuses(fd) ? -1 : NEXT(pwrite64)(fd, b, n, at); }
ssize_t pwritev(int fd, const struct iovec *v, int n, off_t at) { return refuses(fd) ? -1 : NEXT(pwritev)(fd, v, n, at); }
ssize_t pwritev64(int fd, const struct iovec *v, int n, off64_t at) { return refuses(fd) ? -1 : NEXT(pwritev64)(fd, v, n, at); }
int posix_fallocate(int fd, off_t at, off_t n) { return refuses(fd) ? errno : NEXT(posix_fallocate)(fd, at, n); }
