#include "batch.hpp"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <limits>
#include <mutex>
#include <string>
#include <thread>

#include "gil.hpp"

namespace py = pybind11;

namespace muster::python {
namespace {

constexpr std::chrono::milliseconds look_around{20};  // for signals

/// What the working thread tells the waiting one.
class Board {
 public:
  void tell(std::uint64_t done, std::uint64_t total) {
    const std::lock_guard lock(mutex_);
    done_ = done;
    total_ = total;
  }
  void finish() {
    const std::lock_guard lock(mutex_);
    finished_ = true;
    changed_.notify_one();
  }
  /// Waits a little; whether the work is done.
  bool wait() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, look_around, [this] { return finished_; });
  }
  std::pair<std::uint64_t, std::uint64_t> told() {
    const std::lock_guard lock(mutex_);
    return {done_, total_};
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t done_ = 0, total_ = 0;
  bool finished_ = false;
};

/// Work on a thread of its own, which ends before this does.
class Worker {
 public:
  Worker(const Batch& batch, Board& board, const std::function<void(const RunOptions&)>& work)
      : options_{batch.threads.count, {}, &cancel_} {
    if (!batch.progress.is_none()) {
      options_.progress = [&board](std::uint64_t done, std::uint64_t total) {
        board.tell(done, total);
      };
    }
    thread_ = std::thread([this, &board, &work] {
      try {
        or_stay([&] { work(options_); });  // a producer's Python may run on this thread
      } catch (...) {
        failure_ = std::current_exception();
      }
      board.finish();
    });
  }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker() {
    if (!thread_.joinable()) return;
    cancel_.cancel();
    join();
  }

  void finish() {
    join();
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  void join() {
    const WithoutGil others_may_run;  // the work itself may be waiting for the GIL
    thread_.join();
  }

  CancelToken cancel_;
  RunOptions options_;
  std::exception_ptr failure_;
  std::thread thread_;
};

bool wait(Board& board) {
  const WithoutGil others_may_run;
  return board.wait();
}

void pass_on(Board& board, const py::object& progress) {
  if (progress.is_none()) return;
  const auto [done, total] = board.told();
  if (total != 0) call(progress, py::make_tuple(done, total));
}

}  // namespace

Threads threads_of(py::handle value) {
  if (PyIndex_Check(value.ptr()) == 0) {
    throw py::type_error("threads is an int, not " + std::string(Py_TYPE(value.ptr())->tp_name));
  }
  const py::int_ number = py::reinterpret_borrow<py::object>(value);
  int overflow = 0;
  const long long count = PyLong_AsLongLongAndOverflow(number.ptr(), &overflow);
  constexpr auto most = std::numeric_limits<unsigned>::max();
  if (overflow == 0 && count >= 0 && count <= most) return {static_cast<unsigned>(count)};
  throw py::value_error("threads is how many, or 0 for all there are, not " +
                        std::string(py::str(number)));
}

void watch(const Batch& batch, const std::function<void(const RunOptions&)>& work) {
  Board board;
  Worker worker(batch, board, work);
  while (!wait(board)) {
    pass_on(board, batch.progress);
    if (PyErr_CheckSignals() != 0) throw py::error_already_set();
  }
  worker.finish();
  pass_on(board, batch.progress);
}

}  // namespace muster::python
