#include "server/persist/forked_child.h"

#include <csignal>
#include <new>

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server/stats/log.h"
#include "storage/common/check.h"
#include "storage/common/clock.h"
#include "storage/slab/slab_allocator.h"

namespace thimble {
namespace {

// Has the kernel keep this thread's signals while it lives. A child begins with its parent's
// handlers, and the pipe they write to is the parent's: until it has its own none may run.
class SignalsHeld {
 public:
  SignalsHeld() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsHeld() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsHeld(const SignalsHeld&) = delete;
  SignalsHeld& operator=(const SignalsHeld&) = delete;

 private:
  sigset_t before_;
};

// Kernels before 5.9 have no call for it.
void CloseAll(unsigned first, unsigned last) {
  if (close_range(first, last, 0) == 0) return;
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  for (rlim_t i = first; i <= last && i < limit.rlim_cur; ++i) close(static_cast<int>(i));
}

// In the child: lets go of what is the parent's. Were its listening sockets kept, nobody could
// listen there again while the child lives.
void LeaveParent(pid_t parent, int kept) {
  SetLogRole('C');
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);  // It died before that was asked for.
  // What tells the server to end is the server's, also when the whole process group gets it.
  for (const int signal : {SIGTERM, SIGINT}) std::signal(signal, SIG_IGN);
  for (const int signal : {SIGCHLD, SIGUSR1}) std::signal(signal, SIG_DFL);
  unsigned first = STDERR_FILENO + 1;
  if (kept >= 0) {
    const auto number = static_cast<unsigned>(kept);
    if (number > first) CloseAll(first, number - 1);
    first = number + 1;
  }
  CloseAll(first, ~0U);
  process_slabs.BeginForgetting();
}

}  // namespace

bool ForkedChild::IsOne() {
  return process_slabs.forgetting();
}

ForkedChild::ForkedChild() {
  void* const shared =
      mmap(nullptr, sizeof(ChildReport), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  THIMBLE_CHECK(shared != MAP_FAILED);
  report_ = new (shared) ChildReport();
}

ForkedChild::~ForkedChild() {
  if (running()) Kill();
  munmap(report_, sizeof(ChildReport));
}

std::optional<int> ForkedChild::Start(const std::function<bool(ChildReport&)>& work, int kept) {
  THIMBLE_CHECK(!running());
  report_->keys_processed = 0;
  report_->copied_bytes = 0;
  const int64_t start_ns = Clock::System().MonotonicNs();
  const pid_t parent = getpid();
  pid_t process = 0;
  {
    const SignalsHeld held;
    process = fork();
    if (process == 0) LeaveParent(parent, kept);
  }
  if (process == 0) _exit(work(*report_) ? 0 : 1);
  fork_us_ = static_cast<uint64_t>(Clock::System().MonotonicNs() - start_ns) / 1000;
  if (process < 0) return std::nullopt;
  process_ = process;
  process_slabs.SetShared(true);
  return process_;
}

std::optional<ForkedChild::End> ForkedChild::Poll() {
  int status = 0;
  if (!running() || waitpid(process_, &status, WNOHANG) != process_) return std::nullopt;
  NoteEnd();
  if (WIFSIGNALED(status)) return End{false, WTERMSIG(status)};
  return End{WIFEXITED(status) && WEXITSTATUS(status) == 0, 0};
}

void ForkedChild::Kill() {
  THIMBLE_CHECK(running());
  kill(process_, SIGKILL);
  int status = 0;
  waitpid(process_, &status, 0);
  NoteEnd();
}

void ForkedChild::NoteEnd() {
  process_ = 0;
  process_slabs.SetShared(false);
}

}  // namespace thimble
