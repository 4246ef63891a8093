/*
 * A disk that loses power. As a library (LD_PRELOAD) it notes what a program has made durable: at each fsync and fdatasync of a file under
 * UNSYNCED_DIR the file's content is copied into UNSYNCED_SHADOW. As a program it makes the loss:
 *   unsynced seed DIR SHADOW      everything there is now counts as durable
 *   unsynced rebuild DIR SHADOW   every file becomes what was last made durable; one that never was is empty
 * Writes themselves are not touched, so that all processes see them until the power goes. With UNSYNCED_DEAF=1 the disk lies: it
 * acknowledges and keeps nothing. Names of files (create, rename, remove) count as durable at once.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* An inode number comes again after a removal; with its time of birth it does not. */
static int shadow_of(const char *file, int fd, const char *shadow, char *name) {
    struct statx s;
    if (statx(file ? AT_FDCWD : fd, file ? file : "", file ? 0 : AT_EMPTY_PATH, STATX_BTIME | STATX_INO, &s) != 0) return -1;
    snprintf(name, PATH_MAX, "%s/%llx-%llx-%x", shadow, (unsigned long long)s.stx_ino, (unsigned long long)s.stx_btime.tv_sec, s.stx_btime.tv_nsec);
    return 0;
}

/* In place and block by block: if the power goes amid the copy, each block is the old one or the new one, as on a disk. */
static int copy(int from, int to) {
    char block[65536];
    off_t at = 0;
    ssize_t n;
    while ((n = pread(from, block, sizeof block, at)) > 0) {
        if (pwrite(to, block, (size_t)n, at) != n) return -1;
        at += n;
    }
    return n < 0 ? -1 : ftruncate(to, at);
}

static int keep(const char *file, const char *name) {
    int from = open(file, O_RDONLY | O_CLOEXEC), to = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0666), done = -1;
    /* The seed may be another user's. */
    if (to >= 0) (void)!fchmod(to, 0666);
    /* Two that sync one file at once: the later copy must not be overwritten by the earlier one. */
    if (from >= 0 && to >= 0 && flock(to, LOCK_EX) == 0) done = copy(from, to);
    if (from >= 0) close(from);
    if (to >= 0) close(to);
    return done;
}

#ifdef TOOL
static const char *shadow;
static int rebuilding, failed;

static int visit(const char *path, const struct stat *s, int kind, struct FTW *at) {
    char name[PATH_MAX];
    (void)s; (void)at;
    if (kind != FTW_F || !S_ISREG(s->st_mode)) return 0;
    if (shadow_of(path, -1, shadow, name) != 0) { failed = 1; return 0; }
    if (!rebuilding) { failed |= keep(path, name) != 0; return 0; }
    int from = open(name, O_RDONLY), to = open(path, O_RDWR);
    if (to < 0 || (from < 0 && errno != ENOENT && errno != EACCES)) failed = 1;
    else failed |= (from < 0 ? ftruncate(to, 0) : copy(from, to)) != 0;
    if (from >= 0) close(from);
    if (to >= 0) close(to);
    return 0;
}

int main(int count, char **words) {
    if (count != 4) return 2;
    rebuilding = strcmp(words[1], "rebuild") == 0;
    shadow = words[3];
    return nftw(words[2], visit, 32, FTW_PHYS) != 0 || failed;
}
#else
static int sync_now(int fd) {
    const char *dir = getenv("UNSYNCED_DIR"), *shadow = getenv("UNSYNCED_SHADOW");
    char link[64], file[PATH_MAX], name[PATH_MAX];
    struct stat s;
    if (fstat(fd, &s) != 0) return -1;
    if (!dir || !shadow || getenv("UNSYNCED_DEAF") || !S_ISREG(s.st_mode)) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, file, sizeof file - 1);
    if (n < 0) return -1;
    file[n] = 0;
    if (strncmp(file, dir, strlen(dir)) != 0 || s.st_nlink == 0) return 0;
    if (shadow_of(NULL, fd, shadow, name) != 0 || keep(link, name) != 0) { errno = EIO; return -1; }
    return 0;
}

int fsync(int fd) { return sync_now(fd); }
int fdatasync(int fd) { return sync_now(fd); }
#endif
