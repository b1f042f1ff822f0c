#pragma once

#include <cstddef>
#include <functional>

namespace neurovasc {

/// Calls body(begin, end) for consecutive chunks that cover [0, count), on up to @p threads
/// threads (0: one per processor). The chunk borders depend on @p count alone, never on the number
/// of threads, so that sums formed per chunk come out the same to the last bit. The first exception
/// thrown by a body is rethrown after all threads have ended. Where the system gives fewer threads
/// than asked for, these do the work.
void parallelFor(std::size_t count, int threads,
                 const std::function<void(std::size_t begin, std::size_t end)>& body);

}  // namespace neurovasc
