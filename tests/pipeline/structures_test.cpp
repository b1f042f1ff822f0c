#include "structures.h"

#include <gtest/gtest.h>

namespace neurovasc::pipeline {
namespace {

TEST(Stems, NameStructuresOnly) {
  Nerve nerve;
  nerve.side = Side::right;
  EXPECT_EQ(stemOf(nerve), "facial_nerve_right");
  Vessel vessel;
  vessel.id = "V3";
  vessel.name = VesselName::aica;
  EXPECT_EQ(stemOf(vessel), "V3_AICA");
}

}  // namespace
}  // namespace neurovasc::pipeline
