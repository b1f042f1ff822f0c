#include "other_nerves.h"

namespace neurovasc::anatomy {

void takeOtherNerves(std::vector<Piece>& pieces, Anatomy& anatomy) {
  (void)pieces;
  (void)anatomy;
}

}  // namespace neurovasc::anatomy
