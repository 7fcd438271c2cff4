/* Faults at I/O calls, for LD_PRELOAD. Counts the calls that change files below a folder, and makes one of them fail or the
 * process die there. A process arms it by removing a file with a special name, which no file system ever sees:
 *   io-faults:root=FOLDER        calls below FOLDER count, from 1 on, and nothing is armed
 *   io-faults:kill=N             SIGKILL before call N
 *   io-faults:fail=N,errno=E     call N fails with E
 *   io-faults:full=N             call N and all later ones that need space fail with ENOSPC
 *   io-faults:off                nothing counts any more
 *   io-faults:count=FILE         the count so far is written to FILE */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) \
  static __typeof__(&name) real; \
  if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static char root[4096];
static atomic_long calls, kill_at, fail_at, full_from;
static int fail_errno;
static const char prefix[] = "io-faults:";

static int is_under(const char *path) {
  size_t length = strlen(root);
  return length && path && strncmp(path, root, length) == 0;
}

static int is_under_fd(int fd) {
  char link[64], path[4096];
  if (!root[0] || fd < 3) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return is_under(path);
}

/* Whether the call is to fail; errno is set then. */
static int is_struck(int needs_space) {
  long call = ++calls;
  if (kill_at && call == kill_at) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
  }
  if (fail_at && call == fail_at) {
    errno = fail_errno;
    return 1;
  }
  if (full_from && call >= full_from && needs_space) {
    errno = ENOSPC;
    return 1;
  }
  return 0;
}

static void disarm(void) {
  calls = kill_at = fail_at = full_from = 0;
  fail_errno = 0;
}

static void write_count(const char *path) {
  FILE *file = fopen(path, "w");
  if (!file) return;
  fprintf(file, "%ld\n", (long)calls);
  fclose(file);
}

static int is_command(const char *path) {
  const char *given = path ? strstr(path, prefix) : 0;
  if (!given) return 0;
  given += strlen(prefix);
  long number = 0;
  if (strncmp(given, "root=", 5) == 0) {
    disarm();
    snprintf(root, sizeof root, "%s", given + 5);
  } else if (sscanf(given, "kill=%ld", &number) == 1) {
    kill_at = number;
  } else if (sscanf(given, "fail=%ld,errno=%d", &number, &fail_errno) == 2) {
    fail_at = number;
  } else if (sscanf(given, "full=%ld", &number) == 1) {
    full_from = number;
  } else if (strcmp(given, "off") == 0) {
    root[0] = 0;
  } else if (strncmp(given, "count=", 6) == 0) {
    write_count(given + 6);
  }
  return 1;
}

ssize_t write(int fd, const void *bytes, size_t count) {
  REAL(write);
  return is_under_fd(fd) && is_struck(1) ? -1 : real(fd, bytes, count);
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
  REAL(pwrite);
  return is_under_fd(fd) && is_struck(1) ? -1 : real(fd, bytes, count, at);
}
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
  REAL(pwrite64);
  return is_under_fd(fd) && is_struck(1) ? -1 : real(fd, bytes, count, at);
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
  REAL(writev);
  return is_under_fd(fd) && is_struck(1) ? -1 : real(fd, parts, count);
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
  REAL(pwritev);
  return is_under_fd(fd) && is_struck(1) ? -1 : real(fd, parts, count, at);
}
int fsync(int fd) {
  REAL(fsync);
  return is_under_fd(fd) && is_struck(1) ? -1 : real(fd);
}
int fdatasync(int fd) {
  REAL(fdatasync);
  return is_under_fd(fd) && is_struck(1) ? -1 : real(fd);
}
int ftruncate(int fd, off_t length) {
  REAL(ftruncate);
  return is_under_fd(fd) && is_struck(1) ? -1 : real(fd, length);
}
int rename(const char *from, const char *to) {
  REAL(rename);
  return (is_under(from) || is_under(to)) && is_struck(1) ? -1 : real(from, to);
}
int link(const char *from, const char *to) {
  REAL(link);
  return (is_under(from) || is_under(to)) && is_struck(1) ? -1 : real(from, to);
}
int mkdir(const char *path, mode_t mode) {
  REAL(mkdir);
  return is_under(path) && is_struck(1) ? -1 : real(path, mode);
}
int unlink(const char *path) {
  REAL(unlink);
  if (is_command(path)) return 0;
  return is_under(path) && is_struck(0) ? -1 : real(path);
}
int rmdir(const char *path) {
  REAL(rmdir);
  return is_under(path) && is_struck(0) ? -1 : real(path);
}
int open(const char *path, int flags, ...) {
  REAL(open);
  mode_t mode = 0;
  if (flags & O_CREAT) {
    va_list given;
    va_start(given, flags);
    mode = va_arg(given, mode_t);
    va_end(given);
  }
  return (flags & O_CREAT) && is_under(path) && is_struck(1) ? -1 : real(path, flags, mode);
}
int open64(const char *path, int flags, ...) {
  REAL(open64);
  mode_t mode = 0;
  if (flags & O_CREAT) {
    va_list given;
    va_start(given, flags);
    mode = va_arg(given, mode_t);
    va_end(given);
  }
  return (flags & O_CREAT) && is_under(path) && is_struck(1) ? -1 : real(path, flags, mode);
}
