/* A disk that fails and lingers, under the files of one folder, for a process that loads this before libc: what it does stands in a file
   that the test maps too (SIGNALS_FAULT_ORDERS), and is done to files under SIGNALS_FAULT_FOLDER alone. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

struct orders {
    _Atomic int32_t sync_percent;  /* of the syncs that fail with EIO */
    _Atomic int32_t sync_delay;    /* milliseconds that each takes longer */
    _Atomic int32_t write_percent; /* of the writes that fail */
    _Atomic int32_t write_error;   /* with which error */
    _Atomic int32_t write_short;   /* percent of the writes that write a part */
    _Atomic int32_t read_percent;  /* of the reads that fail with EIO */
    _Atomic int32_t failed;        /* how many calls failed so far */
    _Atomic int32_t lingered;      /* how many calls took longer so far */
};

static struct orders none;
static struct orders *orders = &none;
static char folder[4096];
static _Atomic uint32_t turn = 2463534242u;

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("SIGNALS_FAULT_ORDERS"), *under = getenv("SIGNALS_FAULT_FOLDER");
    if (!path || !under) return;
    strncpy(folder, under, sizeof folder - 1);
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0) return;
    void *mapped = mmap(NULL, sizeof(struct orders), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (mapped != MAP_FAILED) orders = mapped;
}

static int chance(int32_t percent) {
    uint32_t x = atomic_fetch_add(&turn, 2654435769u);
    x ^= x >> 16; x *= 2246822519u; x ^= x >> 13; x *= 3266489917u; x ^= x >> 16;
    return percent > 0 && (int32_t)(x % 100) < percent;
}

static int ours(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    size_t under = strlen(folder);
    return length > 0 && under > 0 && (size_t)length > under && memcmp(path, folder, under) == 0;
}

static int fail(int error) {
    atomic_fetch_add(&orders->failed, 1);
    errno = error;
    return -1;
}

/* Whether a sync fails; it lingers in any case. */
static int sync_fails(int fd) {
    int32_t delay = orders->sync_delay;
    if ((orders->sync_percent == 0 && delay == 0) || !ours(fd)) return 0;
    if (delay > 0) {
        struct timespec rest = { delay / 1000, (delay % 1000) * 1000000L };
        atomic_fetch_add(&orders->lingered, 1);
        nanosleep(&rest, NULL);
    }
    return chance(orders->sync_percent);
}

int fsync(int fd) {
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    return sync_fails(fd) ? fail(EIO) : real(fd);
}

int fdatasync(int fd) {
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    return sync_fails(fd) ? fail(EIO) : real(fd);
}

/* How many bytes a write may write: all, some, or none (-1), which then failed. */
static ssize_t allowed(int fd, size_t count) {
    if ((orders->write_percent == 0 && orders->write_short == 0) || !ours(fd)) return (ssize_t)count;
    if (chance(orders->write_percent)) return fail(orders->write_error);
    if (count < 2 || !chance(orders->write_short)) return (ssize_t)count;
    atomic_fetch_add(&orders->failed, 1);
    return (ssize_t)(count / 2);
}

ssize_t write(int fd, const void *bytes, size_t count) {
    static ssize_t (*real)(int, const void *, size_t);
    if (!real) real = (ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    ssize_t may = allowed(fd, count);
    return may < 0 ? may : real(fd, bytes, (size_t)may);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    if (!real) real = (ssize_t (*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
    ssize_t may = allowed(fd, count);
    return may < 0 ? may : real(fd, bytes, (size_t)may, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) { return pwrite64(fd, bytes, count, at); }

ssize_t pread64(int fd, void *bytes, size_t count, off64_t at) {
    static ssize_t (*real)(int, void *, size_t, off64_t);
    if (!real) real = (ssize_t (*)(int, void *, size_t, off64_t))dlsym(RTLD_NEXT, "pread64");
    if (orders->read_percent > 0 && ours(fd) && chance(orders->read_percent)) return fail(EIO);
    return real(fd, bytes, count, at);
}

ssize_t pread(int fd, void *bytes, size_t count, off_t at) { return pread64(fd, bytes, count, at); }
