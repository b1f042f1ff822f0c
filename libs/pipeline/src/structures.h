#pragma once

#include <string>
#include <vector>

#include "neurovasc/core/anatomy.h"
#include "neurovasc/imaging/segmentation_io.h"

namespace neurovasc::pipeline {

/// How each value of Anatomy::labels is called, coded and coloured in files for other programs.
///
/// Codes are those of DICOM PS3.16 (categories: CID 7150; laterality: CID 244); where it has none,
/// the private scheme 99HFSNVC. Colours after Okabe & Ito (2008), told apart by colour-blind
/// readers.
const std::vector<imaging::Segment>& segments();

/// A file stem that holds no patient data: "facial_nerve_left".
std::string stemOf(const Nerve& nerve);
/// "V3_AICA".
std::string stemOf(const Vessel& vessel);

}  // namespace neurovasc::pipeline
