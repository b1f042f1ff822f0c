#pragma once

#include "neurovasc/interop/source_study.h"
#include "neurovasc/result/site_key.h"

namespace neurovasc::interop {

/// @p context for objects that name nobody, by the Basic Application Level Confidentiality Profile
/// (DICOM PS3.15, annex E) with the option Retain Longitudinal Temporal Information With Modified
/// Dates. Objects say so in De-identification Method Code Sequence.
///
///   patient     PatientName and PatientID become the patient's hash under @p key; birth date, sex,
///               age and everything else of the patient is emptied or left out
///   study       study date and content date go back by the same days for all of a patient
///               (SiteKey::dayShift), so that intervals stay; accession number, referring
///               physician, study id and description are emptied or left out
///   UIDs        of study, series, instances and frame of reference become others, the same ones
///               for the same key: objects made at different times still refer to one another
///
/// What an image looks like is left alone: the objects hold the region around both cerebellopontine
/// angles, no face.
ExportContext deidentified(const ExportContext& context, const result::SiteKey& key);

}  // namespace neurovasc::interop
