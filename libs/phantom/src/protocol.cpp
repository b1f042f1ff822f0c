#include "protocol.h"

namespace neurovasc::phantom {
namespace {

enum class Vendor { siemens, ge, philips };

Vendor vendorOf(Sequence sequence) {
  if (sequence == Sequence::fiesta_c) {
    return Vendor::ge;
  }
  return sequence == Sequence::drive ? Vendor::philips : Vendor::siemens;
}

dicom::MrSeriesHeader scanner(Vendor vendor) {
  dicom::MrSeriesHeader h;
  h.study_description = "MR brain CPA";
  switch (vendor) {
    case Vendor::siemens:
      h.manufacturer = "SIEMENS";
      h.model_name = "Prisma";
      break;
    case Vendor::ge:
      h.manufacturer = "GE MEDICAL SYSTEMS";
      h.model_name = "SIGNA Premier";
      break;
    case Vendor::philips:
      h.manufacturer = "Philips Medical Systems";
      h.model_name = "Ingenia";
      break;
  }
  return h;
}

struct Words {
  const char* description;
  const char* scanning;
  const char* variant;
  const char* sequence_name;
};

Protocol protocol(Vendor vendor, const Timing& timing, const Words& words) {
  Protocol made{timing, scanner(vendor)};
  dicom::MrSeriesHeader& h = made.header;
  h.series_description = words.description;
  h.protocol_name = words.description;
  h.scanning_sequence = words.scanning;
  h.sequence_variant = words.variant;
  h.sequence_name = vendor == Vendor::siemens ? words.sequence_name : "";
  h.repetition_time_ms = timing.repetition_ms;
  h.echo_time_ms = timing.echo_ms;
  h.flip_angle_deg = timing.flip_deg;
  return made;
}

}  // namespace

Protocol t2Protocol(Sequence sequence) {
  const Vendor vendor = vendorOf(sequence);
  switch (sequence) {
    case Sequence::fiesta_c:
      return protocol(vendor, {5.9, 2.4, 55}, {"Ax FIESTA-C", "GR", "SS", ""});
    case Sequence::drive: {
      Protocol made = protocol(vendor, {1500, 220, 90}, {"sDRIVE_3D_T2", "SE", "SK", ""});
      made.header.echo_train_length = 60;
      return made;
    }
    case Sequence::space: {
      Protocol made =
          protocol(vendor, {1200, 230, 120}, {"t2_spc_tra_p2_iso", "SE", "SK\\SP", "*spc_282"});
      made.header.echo_train_length = 282;
      return made;
    }
    case Sequence::ciss:
      break;
  }
  return protocol(vendor, {5.6, 2.8, 50}, {"t2_ci3d_tra_iso", "GR", "SS", "*ci3d1rr"});
}

Protocol tofProtocol(Sequence vendor_of) {
  switch (vendorOf(vendor_of)) {
    case Vendor::ge:
      return protocol(Vendor::ge, {23, 2.7, 15}, {"3D Ax TOF", "GR", "SP", ""});
    case Vendor::philips:
      return protocol(Vendor::philips, {23, 3.5, 18}, {"s3DI_MC_HR", "GR", "SP", ""});
    case Vendor::siemens:
      break;
  }
  return protocol(Vendor::siemens, {21, 3.4, 18}, {"TOF_3D_multi-slab", "GR", "SP", "*fl3d1r"});
}

Protocol contrastT1Protocol(Sequence vendor_of) {
  const Timing timing = {8, 3.2, 12};
  Protocol made;
  switch (vendorOf(vendor_of)) {
    case Vendor::ge:
      made = protocol(Vendor::ge, timing, {"Ax FSPGR BRAVO +C", "GR", "SP", ""});
      break;
    case Vendor::philips:
      made = protocol(Vendor::philips, timing, {"sT1W_3D_TFE_Gd", "GR", "SP", ""});
      break;
    case Vendor::siemens:
      made = protocol(Vendor::siemens, timing, {"t1_vibe_tra_KM", "GR", "SP", "*fl3d1"});
      break;
  }
  made.header.contrast_agent = "Gadolinium";
  return made;
}

}  // namespace neurovasc::phantom
