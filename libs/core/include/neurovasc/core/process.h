#pragma once

namespace neurovasc {

/// Whether the process @p number of this machine has ended: there is none of that number, or only
/// what is left of one until its parent asks how it ended (a zombie). True also for 0 and below.
bool hasEnded(int number);

}  // namespace neurovasc
