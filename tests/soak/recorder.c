/* Preloaded, it writes down all that a process does to files below RECORDED, in order, to RECORD.

   One record: kind, inode, offset, and two texts by their lengths; what the numbers mean is told in
   recording.py, which reads them. The mutex makes what is written down happen in that order. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define FDS 65536
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static char watched[FDS];
static int record = -1;
static pthread_mutex_t mutex = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

struct __attribute__((packed)) head {
    char kind;
    uint64_t inode, offset;
    uint32_t first, second;
};

static void note(char kind, uint64_t inode, uint64_t offset, const void *first, size_t first_length,
                 const void *second, size_t second_length) {
    if (record < 0)
        record = REAL(open)(getenv("RECORD"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    struct head head = {kind, inode, offset, first_length, second_length};
    struct iovec parts[] = {{&head, sizeof head}, {(void *)first, first_length},
                            {(void *)second, second_length}};
    ssize_t wanted = sizeof head + first_length + second_length;
    if (REAL(writev)(record, parts, 3) != wanted)
        abort();
}

static uint64_t inode_of(int fd) {
    struct stat found;
    return fstat(fd, &found) ? 0 : found.st_ino;
}

/* The path as the kernel has it, where it lies below RECORDED; else an empty one. */
static const char *below(const char *path, char *whole) {
    const char *root = getenv("RECORDED");
    if (path[0] == '/')
        strncpy(whole, path, PATH_MAX - 1);
    else
        whole[0] = 0;
    whole[PATH_MAX - 1] = 0;
    return root && !strncmp(whole, root, strlen(root)) ? whole : "";
}

static int opened(int fd, const char *path, int flags) {
    char whole[PATH_MAX];
    if (fd < 0 || fd >= FDS)
        return fd;
    const char *found = below(path, whole);
    watched[fd] = *found != 0;
    if (watched[fd])
        note('o', inode_of(fd), (flags & O_TRUNC) != 0, found, strlen(found), "", 0);
    return fd;
}

#define MODE                                                                                       \
    mode_t mode = 0;                                                                               \
    if (flags & (O_CREAT | O_TMPFILE)) {                                                           \
        va_list rest;                                                                              \
        va_start(rest, flags);                                                                     \
        mode = va_arg(rest, mode_t);                                                               \
        va_end(rest);                                                                              \
    }
#define LOCKED(call)                                                                               \
    pthread_mutex_lock(&mutex);                                                                    \
    int keep, result = (call);                                                                     \
    keep = errno;
#define DONE                                                                                       \
    pthread_mutex_unlock(&mutex);                                                                  \
    errno = keep;                                                                                  \
    return result;

#define OPEN(name)                                                                                 \
    int name(const char *path, int flags, ...) {                                                   \
        MODE LOCKED(opened(REAL(name)(path, flags, mode), path, flags)) DONE                       \
    }
#define OPENAT(name)                                                                               \
    int name(int at, const char *path, int flags, ...) {                                           \
        MODE LOCKED(opened(REAL(name)(at, path, flags, mode), path, flags)) DONE                   \
    }
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

int close(int fd) {
    if (fd >= 0 && fd < FDS)
        watched[fd] = 0;
    return REAL(close)(fd);
}

#define IS_WATCHED(fd) ((fd) >= 0 && (fd) < FDS && watched[fd])

static ssize_t wrote(int fd, const void *data, ssize_t count, int64_t offset) {
    if (count > 0 && IS_WATCHED(fd)) {
        if (offset < 0)
            offset = lseek(fd, 0, SEEK_CUR) - count;
        note('w', inode_of(fd), offset, data, count, "", 0);
    }
    return count;
}

#define WRITTEN(call)                                                                              \
    pthread_mutex_lock(&mutex);                                                                    \
    ssize_t result = (call);                                                                       \
    int keep = errno;
ssize_t write(int fd, const void *data, size_t count) {
    if (!IS_WATCHED(fd))
        return REAL(write)(fd, data, count);
    WRITTEN(wrote(fd, data, REAL(write)(fd, data, count), -1)) DONE
}
#define PWRITE(name, type)                                                                         \
    ssize_t name(int fd, const void *data, size_t count, type offset) {                            \
        WRITTEN(wrote(fd, data, REAL(name)(fd, data, count, offset), offset)) DONE                 \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define TRUNCATE(name, type)                                                                       \
    int name(int fd, type length) {                                                                \
        LOCKED(REAL(name)(fd, length))                                                             \
        if (!result && IS_WATCHED(fd))                                                             \
            note('t', inode_of(fd), length, "", 0, "", 0);                                         \
        DONE                                                                                       \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define SYNC(name)                                                                                 \
    int name(int fd) {                                                                             \
        LOCKED(REAL(name)(fd))                                                                     \
        if (!result && IS_WATCHED(fd))                                                             \
            note('s', inode_of(fd), 0, "", 0, "", 0);                                              \
        DONE                                                                                       \
    }
SYNC(fsync)
SYNC(fdatasync)

static void named(char kind, const char *path, const char *other) {
    char first[PATH_MAX], second[PATH_MAX];
    const char *one = below(path, first), *two = below(other, second);
    if (*one || *two)
        note(kind, 0, 0, one, strlen(one), two, strlen(two));
}

#define NAMED(name, kind, told, given, path, other)                                                \
    int name told {                                                                                \
        LOCKED(REAL(name) given)                                                                   \
        if (!result)                                                                               \
            named(kind, path, other);                                                              \
        DONE                                                                                       \
    }
NAMED(rename, 'r', (const char *from, const char *to), (from, to), from, to)
NAMED(renameat, 'r', (int a, const char *from, int b, const char *to), (a, from, b, to), from, to)
NAMED(unlink, 'u', (const char *path), (path), path, "")
NAMED(unlinkat, 'u', (int at, const char *path, int flags), (at, path, flags), path, "")
NAMED(rmdir, 'u', (const char *path), (path), path, "")

int mkdir(const char *path, mode_t mode) {
    LOCKED(REAL(mkdir)(path, mode))
    struct stat made;
    char whole[PATH_MAX];
    const char *found = below(path, whole);
    if (!result && *found && !stat(path, &made))
        note('m', made.st_ino, 0, found, strlen(found), "", 0);
    DONE
}
